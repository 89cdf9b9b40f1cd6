#!/bin/bash
# SPDX-License-Identifier: MIT
# What does not stand in the code: see "Use this, never that" in CONTRIBUTING.md.
# shellcheck disable=SC2046 # the names of our files have no blanks
. "$(dirname "$0")/tap.bash"

# Comments and string literals out, lines kept: what is left is code.
code() {
	awk -v file="$1" '
	{ line = $0; out = ""
	  while (line != "") {
		if (comment) { i = index(line, "*/"); if (!i) { line = ""; break }
			line = substr(line, i + 2); comment = 0; continue }
		if (match(line, /"([^"\\]|\\.)*"|\047([^\047\\]|\\.)*\047|\/\*|\/\//)) {
			token = substr(line, RSTART, RLENGTH); out = out substr(line, 1, RSTART - 1)
			line = substr(line, RSTART + RLENGTH)
			if (token == "/*") comment = 1
			else if (token == "//") { print file ":" NR ": //"; line = "" }
			else out = out "\"\""
		} else { out = out line; line = "" }
	  }
	  print file ":" NR ":" out }' "$1"
}

mapfile -t sources < <(files 'src/*.c' 'src/*.h' 'include/*.h' 'bench/*.c' 'bench/*.h' 'tests/*.c' 'tests/*.h')
text=$(for file in "${sources[@]}"; do code "$file"; done)
product=$(grep -E '^(src|include)/' <<<"$text")

# never REASON PATTERN ALLOWED-FILES: a call of any of these outside the allowed files.
never() {
	holds "$1" "$(grep -E "(^|[^A-Za-z0-9_>.])($2) ?\(" <<<"$product" | grep -vE "^($3):")"
}

holds "no // comments" "$(grep -E ': //$' <<<"$text")"
never "no C strings from outside: str_*" \
	'strcpy|strcat|strncpy|strncat|strtok|strtok_r|strdup|strndup|strchr|strrchr|strstr|strcasecmp|strncasecmp|stpcpy' 'src/base/file[a-z_]*\.c'
never "strlen and strcmp only where C strings come in" 'strlen|strcmp|strncmp' \
	'src/base/.*|src/(cli|keeper|serve|fetch|nss|verbs|terminal|server)/.*'
never "numbers are read by num_parse" 'atoi|atol|atoll|atof|strtol|strtoll|strtoul|strtoull|strtod|sscanf|scanf|fscanf' '-'
never "no locale and no ctype" 'setlocale|isalpha|isdigit|isalnum|isspace|isupper|islower|tolower|toupper|isprint|ispunct|isxdigit' '-'
never "text is built by buf_*" 'sprintf|asprintf|vasprintf|open_memstream' '-'
never "no stdio" 'printf|fprintf|puts|fputs|fopen|fwrite|fread|fgets|getline|perror' '-'
never "formatted text only in base and messages" 'snprintf|vsnprintf' 'src/base/.*|src/terminal/out\.c|src/formats/[a-z]*_read\.c'
never "memory comes from arenas, bufs and openers" 'malloc|calloc|realloc|reallocarray|alloca' \
	'src/base/[a-z_]*\.c|src/snapshot/[a-z_]*\.c|src/server/[a-z_]*\.c'
never "the clock is read by the programs" 'time|gettimeofday|clock_gettime|localtime|gmtime' \
	'src/(cli|keeper|serve|fetch)/[a-z_]*\.c|src/terminal/progress\.c|src/server/edge[a-z_]*\.c|src/nss/look\.c'
never "the environment is read by the programs" 'getenv|secure_getenv|setenv|putenv' \
	'src/(cli|keeper|serve|fetch)/[a-z_]*\.c|src/terminal/[a-z_]*\.c|src/nss/look\.c'
never "only programs end the process" 'exit|_exit|abort' 'src/(cli|keeper|serve|fetch)/[a-z_]*\.c'
never "no shell" 'system|popen' '-'
holds "no half-done work" "$(grep -nE '\b(TODO|FIXME|XXX|HACK)\b' \
	$(files '*.c' '*.h' '*.md' '*.build' 'script/*' 'man/*' 'src/web/*' 'tests/bats/*') /dev/null)"
# glibc gives an NSS module no handle to keep its state in.
holds "no state at file level that changes" "$(
	grep -E '^src/[a-z]+/[a-z_]+\.c:[0-9]+:static ' <<<"$product" | grep -vE 'const |\(|_Thread_local|sig_atomic_t|atomic' |
		grep -vE '^src/nss/(held|look)\.c:'
)"
