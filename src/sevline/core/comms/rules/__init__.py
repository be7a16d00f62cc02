"""The rules of the outbound lint, one file each; `every_rule` loads them all."""
