# SPDX-License-Identifier: MIT
# Completion of bash, zsh and fish, made from the table of verbs.
load helper

folder=$build/completions

bash_words() {
	bash -c 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _portroll; printf "%s\n" "${COMPREPLY[@]}"' \
		sh "$folder/portroll" "$@"
}

@test "bash completes verbs, options and choices" {
	[ "$(bash_words portroll loo)" = lookup ]
	[ "$(bash_words portroll list --state un)" = unassigned ]
	[[ $(bash_words portroll lookup --) == *--brief*--snapshot* ]]
	[[ $(bash_words portroll lookup --) != *--near* ]]
	[ "$(bash_words portroll source mo)" = move ]
	[ "$(bash_words portroll ledger rev)" = revert ]
}

@test "the words of account are those that its help and the program know" {
	cd "$BATS_TEST_TMPDIR" || return
	bash_words portroll account "" | sort >words
	portroll help account | sed -nE 's/^  account \[?([a-z]+)\]? .*/\1/p' | sort | diff words -
	while read -r word; do
		operand=a
		[ "$word" != list ] || operand=
		case $word in grant | revoke) operand="a b" ;; esac
		# shellcheck disable=SC2086 # words
		run portroll account "$word" $operand
		[[ $output == *"there is no ledger to keep accounts beside"* ]]
	done <words
}

@test "the words of ledger are those that its help and the program know" {
	cd "$BATS_TEST_TMPDIR"
	bash_words portroll ledger "" | sort >words
	portroll help ledger | sed -nE 's/^  ledger ([a-z]+) .*/\1/p' | sort | diff words -
	while read -r word; do
		run portroll ledger "$word" --timeout 1
		[[ $output == *"ledger $word takes no --timeout"* || $output == *"usage: portroll ledger mirror "* ]]
	done <words
}

@test "an option of two senses is completed as its verb has it" {
	cd "$BATS_TEST_TMPDIR"
	touch servicefile
	[ "$(bash_words portroll publish --to servi)" = servicefile ]
	[ "$(bash_words portroll convert --to servi)" = services ]
}

@test "bash completes the sources of the roll" {
	printf 'one-name\t4000/tcp\n' >"$BATS_TEST_TMPDIR/services"
	PATH=$build/src/cli:$PATH
	[ -z "$(bash_words portroll lookup --source '')" ]
	portroll import -q "$BATS_TEST_TMPDIR/services" --source first
	portroll import -q "$BATS_TEST_TMPDIR/services" --source second
	[ "$(bash_words portroll lookup --source '')" = $'first\nsecond' ]
	[ "$(bash_words portroll source move se)" = second ]
	[ "$(bash_words portroll source move second --above f)" = first ]
	[ -z "$(bash_words portroll source list '')" ]
}

@test "every verb is in each of the three" {
	for verb in $(portroll help | sed -nE 's/^  ([a-z]+) .*/\1/p'); do
		grep -qw "$verb" "$folder/portroll"
		grep -qw "'$verb" "$folder/_portroll"
		grep -q -- "-a $verb -d" "$folder/portroll.fish"
	done
}

@test "options between our own programs are not offered" {
	run ! grep -qE -- '--?etag\b|-l etag' "$folder/portroll" "$folder/_portroll" "$folder/portroll.fish"
	[[ $(bash_words portroll import --) != *--origin* ]]
	[[ $(bash_words portroll init --) == *--origin* ]]
}

@test "the shells read them" {
	bash -n "$folder/portroll"
	command -v zsh >/dev/null && zsh -n "$folder/_portroll"
	command -v fish >/dev/null || skip "no fish"
	fish -n "$folder/portroll.fish"
	[[ $(fish -c "source $folder/portroll.fish; complete -C 'portroll look'") == lookup* ]]
}
