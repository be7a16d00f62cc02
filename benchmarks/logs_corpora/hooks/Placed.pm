# Loaded with perl -MPlaced: what SpamAssassin logs, with the place of the caller.
package Placed;
use strict;
use warnings;
my %level = (DBG => "DEBUG", INFO => "INFO", WARN => "WARN", ERROR => "ERROR");
sub hook {
  my ($path) = ($ENV{PLACED_LOG} // "") =~ /(.+)/ or return;  # SpamAssassin runs tainted
  require Mail::SpamAssassin::Logger;
  open(my $out, ">>", "$path.perl") or return;
  $out->autoflush(1) if $out->can("autoflush");
  no strict "refs";
  no warnings "redefine";
  my $plain = \&{"Mail::SpamAssassin::Logger::_log"};
  *{"Mail::SpamAssassin::Logger::_log"} = sub {
    my ($rank, $format, @rest) = @_;
    my $text = @rest ? sprintf($format, @rest) : $format;
    for my $depth (0 .. 8) {
      my ($package, $file, $line) = caller($depth);
      last unless defined $file;
      next if $package =~ /^(?:Placed|Mail::SpamAssassin::Logger|Mail::SpamAssassin::Plugin)$/;
      my @words = map { my $word = $_; $word =~ s/([\x00-\x1f"\\\x7f-\x{ffff}])/sprintf("\\u%04x", ord $1)/ge; $word } ("$file:$line", $text);
      print $out qq({"place":"$words[0]","level":"","logger":"","message":"$words[1]"}\n);
      last;
    }
    return $plain->(@_);
  };
}
hook();
1;
