# SPDX-License-Identifier: MIT
# Accounts: who may change them, and that nobody is locked out.
load helper

# Who runs it for whom only root can say.
setup() {
	[ "$(id -u)" = 0 ] || skip "only root acts for other users"
	unset DOAS_USER
	export SUDO_USER=kelly
	portroll init -q
	portroll account add -q kelly --admin --mail kelly@example.com
}

# by USER ARGUMENTS...
by() {
	SUDO_USER=$1 portroll account "${@:2}"
}

# refused WORDS USER ARGUMENTS...
refused() {
	run by "${@:2}"
	echo "$output"
	[ "$status" = 1 ]
	[[ $output == *"$1"* ]]
}

@test "without a ledger there are no accounts" {
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/none
	refused "portroll init makes one" kelly list
	refused "portroll init makes one" kelly add kelly --admin
}

@test "the first account is an administrator, of who may write the roll" {
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/other
	portroll init -q
	run portroll account
	[ "$output" = "portroll: there is no account; portroll account add NAME --admin makes the first" ]
	refused "the first account must be an administrator" kelly add kelly
	refused "the first account must be an administrator" kelly add kelly --admin --login ''
	refused "--as is for administrators, and user:kelly is none" kelly add kelly --admin --as kelly
	by kelly add boss --admin
	[ "$(by kelly show boss | sed -n 's/^Login *//p')" = kelly ]
	refused "user:sam is none" sam add sam --admin
	refused "there is no account 'kelly'" kelly show kelly
}

@test "who may only read the roll makes no account" {
	id nobody >/dev/null 2>&1 && command -v runuser >/dev/null || skip "there is nobody"
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/other
	portroll init -q
	chmod -R a+rX "$BATS_TEST_TMPDIR" "$BATS_FILE_TMPDIR"
	run runuser -u nobody -- env PORTROLL_DIR="$PORTROLL_DIR" PORTROLL_LIBEXEC="$PORTROLL_LIBEXEC" \
		"$build/src/cli/portroll" account add nobody --admin
	echo "$output"
	[ "$status" = 1 ]
	[ "$(portroll account 2>&1)" = "portroll: there is no account; portroll account add NAME --admin makes the first" ]
}

@test "only administrators change accounts" {
	by kelly add jo --login jo --grant registrar:iana,expert
	for user in jo sam; do
		for words in "add x" "set jo --mail a@example.com" "grant jo administrator" "revoke jo expert" \
			"disable jo" "enable jo" "remove -y jo" "set jo --as kelly --mail a@example.com"; do
			# shellcheck disable=SC2086 # words
			refused "for administrators" $user $words
		done
	done
	by kelly grant jo administrator
	by jo set jo --mail jo@example.com
	[ "$(by sam show jo | sed -n 's/^Mail *//p')" = jo@example.com ]
}

@test "the last administrator stays" {
	by kelly add jo --login jo --admin
	by kelly disable kelly
	refused "the account kelly is disabled" kelly enable kelly
	for words in "disable jo" "revoke jo administrator" "remove -y jo"; do
		# shellcheck disable=SC2086 # words
		refused "jo is the last administrator who can act" jo $words
	done
	refused "jo is the last administrator who can act" jo set jo --login ''
	by jo enable kelly
	by jo remove -y jo
	refused "kelly is the last administrator" kelly remove -y kelly
	[ "$(by kelly list | wc -l)" = 2 ]
}

@test "what is no account is said" {
	refused "is no name of an account" kelly add Jo
	refused "is no name of an account" kelly add portroll
	refused "is no name of an account" kelly add user:jo
	refused "is no name of an account" kelly add "$(printf '%033d' 1)"
	refused "is no name of an account" kelly add "$(printf 'jo\033[31m')"
	refused "is no mail address" kelly add jo --mail "$(printf 'jo@example.com\nBcc: all@example.com')"
	refused "is no mail address" kelly add jo --mail jo
	refused "is no name to be shown" kelly add jo --display "$(printf 'Jo\tEx')"
	refused "is no user of a system" kelly add jo --login 'jo smith'
	refused "kelly of this system acts as kelly already" kelly add jo --login kelly
	refused "the account kelly is there already" kelly add kelly
	refused "is no role that is granted: take expert, reviewer, owner" kelly add jo --grant applicant
	refused "is no role that is granted" kelly add jo --grant expert,
	refused "not of 'xns'" kelly add jo --grant expert:xns
	refused "an administrator is one everywhere" kelly add jo --grant administrator:iana
	refused "is no place where a role could hold" kelly add jo --grant 'registrar:a b'
	refused "granted twice" kelly add jo --grant registrar,registrar
	refused "at most 256 roles, not 10000" kelly add jo --grant "$(seq -s , -f owner:%g 10000)"
	refused "at most 64 persons, not for 65" kelly add jo --person "$(seq -s , 65)"
	refused "is named twice" kelly add jo --person Jo_Example,Jo_Example
	refused "there is no account 'jo'" kelly grant jo expert
	refused "account list takes no --mail" kelly list --mail x
	refused "account set needs" kelly set kelly
	refused "kelly has no 'expert:tcp'; it has: administrator" kelly revoke kelly expert:tcp
	[[ $output != *$'\033'* ]]
	[ "$(by kelly list | wc -l)" = 2 ]
}

@test "a list of 256 roles is kept" {
	by kelly add jo --grant "$(seq -s , -f owner:%g 256)"
	refused "at most 256 roles, not 257" kelly grant jo owner:257
	by kelly revoke jo owner:1
	by kelly grant jo owner:257
	[ "$(by kelly show jo --json | grep -c owner:)" = 256 ]
}

@test "an account is told as JSON" {
	by kelly add jo --login jo --display 'Jo Example' --person Jo_Example,Jo_Smith --grant expert:tcp
	by kelly disable jo
	by kelly list --json | python3 -c '
import json, sys
jo, kelly = json.load(sys.stdin)
assert jo.pop("created").endswith("Z")
assert jo == {"name": "jo", "display": "Jo Example", "login": "jo", "persons": ["Jo_Example", "Jo_Smith"],
	"grants": ["expert:tcp"], "disabled": True}, jo
assert kelly["mail"] == "kelly@example.com"
'
}

@test "who is removed is in no file of the roll, and may come again" {
	by kelly add jo --login joexample --mail jo@example.com --display 'Jo Example'
	grep -rqa jo@example.com "$PORTROLL_DIR"
	by kelly remove jo </dev/null
	run grep -rlae jo@example.com -e joexample -e 'Jo Example' "$PORTROLL_DIR"
	[ "$status" = 1 ]
	refused "there is no account 'jo'" kelly show jo
	by kelly add jo
	[ "$(by kelly list | wc -l)" = 3 ]
}

@test "accounts are in a backup and are restored" {
	by kelly add jo --login jo --grant expert:udp
	listed=$(by kelly list --json)
	portroll ledger backup "$BATS_TEST_TMPDIR/backup"
	cp "$PORTROLL_DIR/key" "$BATS_TEST_TMPDIR/key"
	export PORTROLL_DIR=$BATS_TEST_TMPDIR/again
	portroll ledger restore --key "$BATS_TEST_TMPDIR/key" "$BATS_TEST_TMPDIR/backup"
	[ "$(by kelly list --json)" = "$listed" ]
	by kelly disable jo
	refused "for administrators" sam disable jo
}

@test "an administrator acts for another who is one" {
	by kelly add jo --login jo --admin
	by kelly add sam --login sam
	by kelly set sam --mail sam@example.com --as jo
	refused "this is for administrators, and sam is none" kelly set sam --mail '' --as sam
	refused "there is no account 'x'" kelly set sam --mail '' --as x
}
