/* SPDX-License-Identifier: MIT */

/*
 * Asks everything of everybody: agree SNAPSHOT SERVICES MODULE [SAMPLE]. Every port with every
 * transport and none, and every name with every transport and none, of libportroll, of the NSS
 * module called directly and through glibc, and of two readers of the services file that was made
 * of the same roll: one stops at the first line that fits, one keeps the last, as Go does.
 *
 * A key that the library answers is what services(5) can say of it: names with a letter and without
 * blanks or '#', exact in case; a record without a transport is one of TCP and UDP; a name is at
 *the ports of the first source that has it on the transport, and by name at the lowest. Each
 *disagreement is a line:
 *
 *	module KEY ...              the NSS module says another thing
 *	lost NAME PORT/TRANSPORT    a record of the library that has no place in the file
 *	extra NAME PORT/TRANSPORT   a name in the file that the library does not have there
 *	order PORT/TRANSPORT        the names of a line stand in another order, or in two that
 *differ gone NAME TRANSPORT PORT    the name is lost at the port that answers it first NAME
 *TRANSPORT PORT   whoever stops at the first line finds another port than this one last NAME
 *TRANSPORT PORT    whoever keeps the last line does
 *
 * The last line counts the questions. SAMPLE: 2,000 keys with the answers of the file are written
 * there, for readers that scan it each time.
 */

#include "portroll.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <nss.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRANSPORTS 4
#define PORTS      65536
#define NAMES_MAX  64
#define BUCKETS    65536
#define SAMPLE     2000

typedef enum nss_status by_name_fn(const char *, const char *, struct servent *, char *, size_t,
				   int *);
typedef enum nss_status by_port_fn(int, const char *, struct servent *, char *, size_t, int *);

/* A line of the services file, or what stands for one in the library. */
struct line {
	char *names[NAMES_MAX + 1];
	size_t count;
	unsigned port, transport;
};

struct name {
	struct name *next;
	char *text;
	/* By transport; 0: without one. Lines in the file, as index + 1. */
	size_t first[TRANSPORTS + 1], last[TRANSPORTS + 1];
};

static const char *const transport_names[TRANSPORTS + 1] = {NULL, "tcp", "udp", "sctp", "dccp"};
static struct line *lines;
static size_t line_count, asked;
static size_t first_line[TRANSPORTS + 1][PORTS], last_line[TRANSPORTS + 1][PORTS];
static struct name *buckets[BUCKETS];
static struct portroll_snapshot *snapshot;
static by_name_fn *module_by_name;
static by_port_fn *module_by_port;
static char room[1 << 16];

static void *need(void *memory)
{
	if (memory)
		return memory;
	perror("agree");
	exit(2);
}

static struct name *find_name(const char *text, int make)
{
	unsigned long hash = 5381;
	for (const char *c = text; *c; c++)
		hash = hash * 33 + (unsigned char)*c;
	struct name **bucket = &buckets[hash % BUCKETS];
	for (struct name *name = *bucket; name; name = name->next)
		if (!strcmp(name->text, text))
			return name;
	if (!make)
		return NULL;
	struct name *name = need(calloc(1, sizeof(*name)));
	name->text = need(strdup(text));
	name->next = *bucket;
	return *bucket = name;
}

static unsigned transport_of(const char *text)
{
	for (unsigned t = 1; t <= TRANSPORTS; t++)
		if (!strcmp(text, transport_names[t]))
			return t;
	return 0;
}

static void note_name(const char *text, size_t at, unsigned transport)
{
	struct name *name = find_name(text, 1);
	if (!name->first[0])
		name->first[0] = at;
	if (!name->first[transport])
		name->first[transport] = at;
	name->last[transport] = name->last[0] = at;
}

/* NAME PORT/PROTOCOL ALIASES... # COMMENT, as both readers split it. */
static void take_line(char *text)
{
	char *rest = NULL, *name, *port, *protocol;
	text[strcspn(text, "#\n")] = '\0';
	if (!(name = strtok_r(text, " \t\r", &rest)) || !(port = strtok_r(NULL, " \t\r", &rest)))
		return;
	protocol = strchr(port, '/');
	if (!protocol || !transport_of(protocol + 1))
		return;
	struct line *line = &lines[line_count++];
	line->transport = transport_of(protocol + 1);
	line->port = (unsigned)strtoul(port, NULL, 10) % PORTS;
	for (; name && line->count < NAMES_MAX; name = strtok_r(NULL, " \t\r", &rest)) {
		line->names[line->count++] = need(strdup(name));
		note_name(name, line_count, line->transport);
	}
	size_t *first = &first_line[line->transport][line->port];
	if (!*first)
		*first = line_count;
	last_line[line->transport][line->port] = line_count;
}

static void read_file(const char *path)
{
	static char text[1 << 16];
	FILE *file = need(fopen(path, "r"));
	lines = need(calloc((size_t)TRANSPORTS * PORTS * 2, sizeof(*lines)));
	while (fgets(text, sizeof(text), file) && line_count < (size_t)TRANSPORTS * PORTS * 2)
		take_line(text);
	(void)fclose(file);
}

static int can_stand(struct portroll_str name)
{
	int letter = 0;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		if (c == '\0' || c == '#' || c == ' ' || (c >= '\t' && c <= '\r'))
			return 0;
		letter |= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}
	return letter;
}

static int has_name(const struct line *line, const char *name)
{
	for (size_t i = 0; i < line->count; i++)
		if (!strcmp(line->names[i], name))
			return 1;
	return 0;
}

static char *copy(struct portroll_str text)
{
	char *made = need(malloc(text.len + 1));
	memcpy(made, text.ptr, text.len);
	made[text.len] = '\0';
	return made;
}

static void forget(struct line *line)
{
	for (size_t i = 0; i < line->count; i++)
		free(line->names[i]);
	line->count = 0;
}

static const struct line *line_of(size_t at)
{
	static const struct line none;
	return at ? &lines[at - 1] : &none;
}

/* Is the record one of the transport, as services(5) has it? */
static int is_of(const struct portroll_record *r, unsigned transport)
{
	return r->transport == transport ||
	       (r->transport == PORTROLL_ANY &&
		(transport == PORTROLL_TCP || transport == PORTROLL_UDP));
}

/* Has a source above the name on the transport? */
static int is_elsewhere(const struct portroll_record *here, unsigned transport)
{
	struct portroll_iter it = portroll_by_name(snapshot, here->name, transport);
	for (struct portroll_record r; portroll_next(&it, &r);)
		if (r.source < here->source && r.has_port && is_of(&r, transport) &&
		    r.name.len == here->name.len && !memcmp(r.name.ptr, here->name.ptr, r.name.len))
			return 1;
	return 0;
}

/* What the library says of the key. What it says and services(5) cannot is told when `tell`. */
static void ask_library(struct line *ret, unsigned port, unsigned transport, int tell)
{
	const struct line *ours = line_of(first_line[transport][port]);
	*ret = (struct line){.port = port, .transport = transport};
	struct portroll_iter it = portroll_by_port(snapshot, (uint16_t)port, transport);
	for (struct portroll_record r; portroll_next(&it, &r);) {
		if (r.name.len == 0)
			continue;
		char *name = copy(r.name);
		if (tell && !has_name(ours, name))
			printf("lost %s %u/%s\n", name, port, transport_names[transport]);
		if (is_of(&r, transport) && can_stand(r.name) && !has_name(ret, name) &&
		    !is_elsewhere(&r, transport) && ret->count < NAMES_MAX)
			ret->names[ret->count++] = name;
		else
			free(name);
	}
}

/* A line may stand there twice. */
static int is_same_line(size_t a, size_t b)
{
	const struct line *x = line_of(a), *y = line_of(b);
	size_t i = 0;
	while (i < x->count && i < y->count && !strcmp(x->names[i], y->names[i]))
		i++;
	return i == x->count && i == y->count;
}

/* Has `part` the names of `whole` in their order, but for those it lacks? */
static int is_in_order(const struct line *part, const struct line *whole)
{
	size_t at = 0;
	for (size_t i = 0; i < whole->count; i++)
		if (at < part->count && !strcmp(part->names[at], whole->names[i]))
			at++;
	return at == part->count;
}

static int same_servent(const struct servent *got, const struct line *line)
{
	size_t i = 1;
	if (!got || line->count == 0)
		return !got && line->count == 0;
	for (char **alias = got->s_aliases; *alias; alias++, i++)
		if (i >= line->count || strcmp(*alias, line->names[i]) != 0)
			return 0;
	return i == line->count && !strcmp(got->s_name, line->names[0]) &&
	       ntohs((unsigned short)got->s_port) == line->port &&
	       !strcmp(got->s_proto, transport_names[line->transport]);
}

static void check_servent(const struct servent *got, const struct line *line, const char *key,
			  const char *protocol)
{
	asked++;
	if (same_servent(got, line))
		return;
	printf("module %s %s: %s %u/%s, not %s %d/%s\n", key, protocol ? protocol : "-",
	       line->count ? line->names[0] : "nothing", line->port,
	       line->count ? transport_names[line->transport] : "-", got ? got->s_name : "nothing",
	       got ? ntohs((unsigned short)got->s_port) : 0, got ? got->s_proto : "-");
}

/* The module itself, and glibc with it. */
static void ask_module_port(unsigned port, const char *protocol, const struct line *line)
{
	struct servent space, *got = NULL;
	char key[16];
	int code, number = htons((unsigned short)port);
	(void)snprintf(key, sizeof(key), "%u", port);
	enum nss_status status =
		module_by_port(number, protocol, &space, room, sizeof(room), &code);
	check_servent(status == NSS_STATUS_SUCCESS ? &space : NULL, line, key, protocol);
	if (getservbyport_r(number, protocol, &space, room, sizeof(room), &got) != 0)
		got = NULL;
	check_servent(got, line, key, protocol);
}

static void ask_module_name(const char *name, const char *protocol, const struct line *line)
{
	struct servent space, *got = NULL;
	int code;
	enum nss_status status = module_by_name(name, protocol, &space, room, sizeof(room), &code);
	check_servent(status == NSS_STATUS_SUCCESS ? &space : NULL, line, name, protocol);
	if (getservbyname_r(name, protocol, &space, room, sizeof(room), &got) != 0)
		got = NULL;
	check_servent(got, line, name, protocol);
}

static void check_key(unsigned port, unsigned transport, struct line *library)
{
	size_t first = first_line[transport][port];
	const struct line *ours = line_of(first);
	ask_library(library, port, transport, 1);
	for (size_t i = 0; i < ours->count; i++)
		if (!has_name(library, ours->names[i]))
			printf("extra %s %u/%s\n", ours->names[i], port,
			       transport_names[transport]);
	if (!is_same_line(first, last_line[transport][port]) || !is_in_order(ours, library))
		printf("order %u/%s\n", port, transport_names[transport]);
	ask_module_port(port, transport_names[transport], library);
	asked += 2;
}

static void check_ports(void)
{
	for (unsigned port = 0; port < PORTS; port++) {
		struct line any = {0};
		for (unsigned t = 1; t <= TRANSPORTS; t++) {
			struct line library;
			check_key(port, t, &library);
			if (any.count == 0)
				any = library;
			else
				forget(&library);
		}
		ask_module_port(port, NULL, &any);
		forget(&any);
	}
}

/* The lowest port of the first source that has the name, and its lowest transport. */
static int find_place(struct line *ret, struct portroll_str name, unsigned wanted)
{
	uint32_t source = 0;
	ret->transport = 0;
	struct portroll_iter it = portroll_by_name(snapshot, name, wanted);
	for (struct portroll_record r; portroll_next(&it, &r);) {
		int same = r.name.len == name.len && !memcmp(r.name.ptr, name.ptr, name.len);
		if (!same || !r.has_port || !can_stand(name))
			continue;
		for (unsigned t = TRANSPORTS; t >= 1; t--) {
			int better = !ret->transport || r.port_first < ret->port ||
				     (r.port_first == ret->port && t < ret->transport);
			if ((wanted && wanted != t) || !is_of(&r, t) ||
			    (ret->transport && r.source != source) || !better)
				continue;
			source = r.source;
			ret->transport = t;
			ret->port = r.port_first;
		}
	}
	return ret->transport != 0;
}

static void tell_name(const char *reader, const char *name, unsigned transport, unsigned port)
{
	printf("%s %s %s %u\n", reader, name, transport ? transport_names[transport] : "-", port);
}

/* The reader that keeps the last line asks, without a transport, for each in turn, as Go does. */
static void check_name(struct portroll_str text)
{
	char *name = copy(text);
	const struct name *ours = find_name(name, 0);
	for (unsigned t = 0; t <= TRANSPORTS; t++) {
		struct line place = {0}, library = {0};
		int found = find_place(&place, text, t);
		if (found)
			ask_library(&library, place.port, place.transport, 0);
		ask_module_name(name, transport_names[t], &library);
		forget(&library);
		const struct line *first = line_of(ours ? ours->first[t] : 0);
		const struct line *last = line_of(ours ? ours->last[t] : 0);
		for (unsigned each = 1; ours && t == 0 && each <= TRANSPORTS; each++)
			if (ours->last[each]) {
				last = line_of(ours->last[each]);
				break;
			}
		asked += 2;
		if (found && !has_name(line_of(first_line[place.transport][place.port]), name)) {
			tell_name("gone", name, t, place.port);
			continue;
		}
		if ((found != 0) != (first->count != 0) || first->port != place.port ||
		    first->transport != place.transport)
			tell_name("first", name, t, place.port);
		if ((found != 0) != (last->count != 0) || last->port != place.port)
			tell_name("last", name, t, place.port);
	}
	free(name);
}

/* Names that nobody has: in another case, and with a letter more. */
static void check_miss(struct portroll_str text)
{
	static const struct line nothing;
	char *name = need(malloc(text.len + 2));
	memcpy(name, text.ptr, text.len);
	memcpy(name + text.len, "x", 2);
	struct portroll_str longer = {name, text.len + 1};
	if (portroll_find_name(snapshot, longer) == PORTROLL_NONE)
		ask_module_name(name, NULL, &nothing);
	name[text.len] = '\0';
	for (size_t i = 0; i < text.len; i++)
		if (name[i] >= 'a' && name[i] <= 'z')
			name[i] -= 'a' - 'A';
	struct line place = {0}, library = {0};
	if (find_place(&place, (struct portroll_str){name, text.len}, 0))
		ask_library(&library, place.port, place.transport, 0);
	ask_module_name(name, NULL, &library);
	forget(&library);
	free(name);
}

static void check_names(void)
{
	struct portroll_iter it = portroll_all(snapshot);
	for (struct portroll_record r; portroll_next(&it, &r);) {
		if (r.name.len == 0 || portroll_find_name(snapshot, r.name) == PORTROLL_NONE)
			continue;
		struct portroll_record first;
		if (portroll_get(snapshot, portroll_find_name(snapshot, r.name), &first) &&
		    first.id != r.id && first.name.len == r.name.len &&
		    !memcmp(first.name.ptr, r.name.ptr, r.name.len))
			continue;
		check_name(r.name);
		check_miss(r.name);
	}
}

static int is_odd(const struct line *line)
{
	int odd = line->count > 1 || line->port == 0 || line->transport > PORTROLL_UDP;
	for (size_t i = 0; i < line->count; i++) {
		const struct name *name = find_name(line->names[i], 0);
		odd |= strlen(line->names[i]) > 15 || strpbrk(line->names[i], "._+/*") ||
		       name->first[line->transport] != name->last[line->transport];
	}
	return odd;
}

/* port PORT TRANSPORT NAME ALIASES... or name NAME TRANSPORT PORT CANONICAL */
static size_t put_sample(FILE *out, const struct line *line)
{
	size_t count = 1;
	const char *transport = transport_names[line->transport];
	const struct line *answer = line_of(first_line[line->transport][line->port]);
	(void)fprintf(out, "port %u %s", line->port, transport);
	for (size_t i = 0; i < answer->count; i++)
		(void)fprintf(out, " %s", answer->names[i]);
	(void)fputc('\n', out);
	for (size_t i = 0; i < line->count; i++, count++) {
		const struct name *name = find_name(line->names[i], 0);
		const struct line *found = line_of(name->first[line->transport]);
		(void)fprintf(out, "name %s %s %u %s\n", line->names[i], transport, found->port,
			      found->names[0]);
	}
	return count;
}

/* The odd ones first, then others from all over the file, and ports that have no line. */
static void write_sample(const char *path)
{
	FILE *out = need(fopen(path, "w"));
	size_t count = 0, step = line_count / (SAMPLE / 4) + 1;
	for (size_t i = 0; i < line_count && count < SAMPLE; i++)
		if (is_odd(&lines[i]))
			count += put_sample(out, &lines[i]);
	for (size_t i = 0; i < line_count && count < SAMPLE * 9 / 10; i += step)
		count += put_sample(out, &lines[i]);
	for (unsigned port = 0; port < PORTS && count < SAMPLE; port += 307)
		for (unsigned t = 1; t <= 2; t++)
			if (!first_line[t][port]) {
				const struct line none = {.port = port, .transport = t};
				count += put_sample(out, &none);
			}
	if (fclose(out) != 0)
		need(NULL);
}

int main(int argc, char **argv)
{
	struct portroll_error err = {0};
	void *module = argc >= 4 ? dlopen(argv[3], RTLD_NOW) : NULL;
	if (!module || portroll_open(&snapshot, argv[1], &err) < 0 ||
	    __nss_configure_lookup("services", "portroll") != 0) {
		(void)fprintf(stderr, "agree: %s\n",
			      module ? err.text : "SNAPSHOT SERVICES MODULE");
		return 2;
	}
	*(void **)&module_by_name = need(dlsym(module, "_nss_portroll_getservbyname_r"));
	*(void **)&module_by_port = need(dlsym(module, "_nss_portroll_getservbyport_r"));
	read_file(argv[2]);
	check_ports();
	check_names();
	if (argc > 4)
		write_sample(argv[4]);
	printf("%zu questions\n", asked);
	portroll_close(snapshot);
	return 0;
}
