# Loaded with perl -MPlacedFusion: what FusionInventory's agent logs, with the place of the caller.
package PlacedFusion;
use strict;
use warnings;
if (my $path = $ENV{PLACED_LOG}) {
  unshift @INC, "/usr/share/fusioninventory/lib";
  require FusionInventory::Agent::Logger;
  open(my $out, ">>", "$path.$$.perl") or die;
  $out->autoflush(1);
  no strict "refs";
  no warnings "redefine";
  for my $level (qw(debug2 debug info warning error fault)) {
    my $name = "FusionInventory::Agent::Logger::$level";
    my $plain = \&{$name};
    *{$name} = sub {
      my ($self, @rest) = @_;
      my (undef, $file, $line) = caller(0);
      my $text = defined $rest[0] ? $rest[0] : "";
      my @words = map { my $word = $_; $word =~ s/([\x00-\x1f"\\\x7f-\x{ffff}])/sprintf("\\u%04x", ord $1)/ge; $word } ("$file:$line", $text);
      print $out qq({"place":"$words[0]","level":"$level","logger":"","message":"$words[1]"}\n);
      return $plain->(@_);
    };
  }
}
1;
