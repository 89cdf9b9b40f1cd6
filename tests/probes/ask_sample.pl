# SPDX-License-Identifier: MIT
# Asks Perl for the keys of a sample that agree.c wrote: ask_sample.pl FILE.
use strict;
use warnings;

my ($asked, $wrong) = (0, 0);
while (my $line = <>) {
	my ($kind, $key, $transport, @rest) = split ' ', $line;
	my ($name, $aliases, $port, $protocol) =
		$kind eq 'port' ? getservbyport($key, $transport) : getservbyname($key, $transport);
	my $expected = $kind eq 'port' ? join(' ', @rest) : "$rest[1] $rest[0]";
	my $got = '';
	if (defined $name) {
		$got = $kind eq 'port' ? join(' ', $name, split ' ', $aliases) : "$name $port";
	}
	$asked++;
	next if $got eq $expected;
	$wrong++;
	print "wrong: $kind $key/$transport: $got, not $expected\n";
}
print "$asked asked, $wrong wrong\n";
exit($wrong || !$asked ? 1 : 0);
