# Loaded with perl -MPlacedSubs=Module,sub,…: what these functions are given, with the place of the caller.
package PlacedSubs;
use strict;
use warnings;

sub import {
  my (undef, $module, @names) = @_;
  my $path = $ENV{PLACED_LOG} or return;
  eval "require $module; 1" or die $@;
  open(my $out, ">>", "$path.$$.perl") or die;
  $out->autoflush(1);
  no strict "refs";
  no warnings "redefine";
  for my $level (@names) {
    my $name = "${module}::$level";
    my $plain = \&{$name};
    *{$name} = sub {
      my $text = $_[-1];
      for my $depth (0 .. 9) {
        my ($package, $file, $line) = caller($depth);
        last unless defined $file;
        next if $package eq __PACKAGE__ or $package eq $module or $file =~ /^\(eval/;
        my @words = map { my $word = $_; $word =~ s/([\x00-\x1f"\\\x7f-\x{ffff}])/sprintf("\\u%04x", ord $1)/ge; $word } ("$file:$line", "$text");
        print $out qq({"place":"$words[0]","level":"$level","logger":"","message":"$words[1]"}\n);
        last;
      }
      goto &$plain;
    };
  }
}
1;
