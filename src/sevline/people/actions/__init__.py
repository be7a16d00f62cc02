"""Every write about people: how they come in, what they may do, what they are told."""

from sevline.people.actions.cast import DemoCast, add_demo_cast, remove_demo_cast

__all__ = ["DemoCast", "add_demo_cast", "remove_demo_cast"]
