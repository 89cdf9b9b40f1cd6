/* SPDX-License-Identifier: MIT */
#include "ledger/postgres_schema.h"

#include <stddef.h>

/*
 * Entries are numbered from 0 without a gap. The last one of what was appended at once has the edge
 * of the tree after it. What programs of the ledger do beyond reading goes through the functions,
 * which run with the right of the owner; triggers and rights guard against accidents, and nobody
 * but the signed tree against intent.
 */

#define DEFINER " security definer set search_path = pg_catalog, pg_temp as $$ "

#define VERSION_TABLE                                                                              \
	"create table portroll.version (version bigint not null, one boolean primary key"          \
	" default true check (one))"

#define ENTRIES_TABLE                                                                              \
	"create table portroll.entries (index bigint primary key check (index >= 0),"              \
	" leaf bytea not null unique check (octet_length(leaf) = 32), topic bytea not null,"       \
	" body bytea not null check (octet_length(body) <= 65535), edge bytea)"

#define PEOPLE_TABLE                                                                               \
	"create table portroll.people (number bigint generated always as identity primary key,"    \
	" commitment bytea not null check (octet_length(commitment) = 32),"                        \
	" source bytea not null, id bytea not null,"                                               \
	" salt bytea not null check (octet_length(salt) in (0, 32)), body bytea not null)"

#define NOTES_TABLE                                                                                \
	"create table portroll.notes (number bigint generated always as identity primary key,"     \
	" size bigint not null, note bytea not null)"

#define APPEND_FUNCTION                                                                            \
	"create function portroll.append(base bigint, leaves bytea[], topics bytea[],"             \
	" bodies bytea[], edge bytea, commitments bytea[], sources bytea[], ids bytea[],"          \
	" salts bytea[], contents bytea[]) returns void language plpgsql" DEFINER                  \
	"declare held bigint; "                                                                    \
	"begin "                                                                                   \
	" perform pg_advisory_xact_lock(" POSTGRES_LOCK ");"                                       \
	" select coalesce(max(e.index) + 1, 0) into held from portroll.entries e;"                 \
	" if held <> base then"                                                                    \
	"  raise exception 'a stale base' using errcode = '40001', detail = held::text;"           \
	" end if;"                                                                                 \
	" insert into portroll.entries select base + n - 1, l, t, b,"                              \
	"  case when n = cardinality(leaves) then edge end"                                        \
	"  from unnest(leaves, topics, bodies) with ordinality as u(l, t, b, n);"                  \
	" insert into portroll.people (commitment, source, id, salt, body)"                        \
	"  select c, s, i, k, b from unnest(commitments, sources, ids, salts, contents)"           \
	"  with ordinality as u(c, s, i, k, b, n) order by n;"                                     \
	" perform pg_notify('portroll', '');"                                                      \
	"end $$"

/* Written to the log, so that its commit waits for the standbys, and so for all before it. */
#define SETTLE_FUNCTION                                                                            \
	"create function portroll.settle() returns void language plpgsql" DEFINER                  \
	"begin perform pg_logical_emit_message(true, 'portroll', ''); end $$"

/* The table is written anew, for an UPDATE would leave the old rows in its file. */
#define ERASE_FUNCTION                                                                             \
	"create function portroll.erase(who bytea) returns bigint language plpgsql" DEFINER        \
	"declare erased bigint; "                                                                  \
	"begin "                                                                                   \
	" perform pg_advisory_xact_lock(" POSTGRES_LOCK ");"                                       \
	" select count(*) into erased from portroll.people"                                        \
	"  where id = who and (salt <> '' or body <> '');"                                         \
	" if erased > 0 then execute format('alter table portroll.people"                          \
	"  alter salt type bytea using case when id = %1$L then '''' else salt end,"               \
	"  alter body type bytea using case when id = %1$L then '''' else body end', who);"        \
	"  perform pg_notify('portroll', '');"                                                     \
	" end if;"                                                                                 \
	" return erased; "                                                                         \
	"end $$"

/* One that is there may be kept again where nothing can be written: on a standby. Nothing waits for
 * it: the log is in order, so that whatever is committed later takes it along to the disk. */
#define KEEP_NOTE_FUNCTION                                                                         \
	"create function portroll.keep_note(of_size bigint, text bytea) returns void"              \
	" language plpgsql" DEFINER "begin"                                                        \
	" if exists (select from portroll.notes where size = of_size and note = text) then"        \
	"  return;"                                                                                \
	" end if;"                                                                                 \
	" perform set_config('synchronous_commit', 'off', true);"                                  \
	" insert into portroll.notes (size, note) values (of_size, text) on conflict do nothing;"  \
	" perform pg_notify('portroll', '');"                                                      \
	"end $$"

#define GUARD_FUNCTION                                                                             \
	"create function portroll.guard() returns trigger language plpgsql as $$ begin"            \
	" raise exception 'what is in a ledger is never altered'; end $$"

#define GUARD_TRIGGER(table)                                                                       \
	"create trigger guard before update or delete or truncate on portroll." table              \
	" for each statement execute function portroll.guard()"

#define PAPERS_TABLE                                                                               \
	"create table portroll.papers (kind bytea not null check (octet_length(kind) between 1"    \
	" and 64), id bytea not null check (octet_length(id) between 1 and 64),"                   \
	" version bigint not null check (version > 0),"                                            \
	" body bytea not null check (octet_length(body) <= 1048576), primary key (kind, id))"

/* Only the version that is there may be replaced; which one it is not is told as detail, with what
 * is there as hint. The table is written anew when something is erased, as that of people. */
#define PUT_PAPERS_FUNCTION                                                                        \
	"create function portroll.put_papers(kinds bytea[], ids bytea[], versions bigint[],"       \
	" bodies bytea[]) returns void language plpgsql" DEFINER                                   \
	"declare held bigint; is_erased boolean; erases boolean = false; "                         \
	"begin "                                                                                   \
	" perform pg_advisory_xact_lock(" POSTGRES_LOCK ");"                                       \
	" for n in 1 .. cardinality(kinds) loop"                                                   \
	"  select p.version, octet_length(p.body) = 0 into held, is_erased from portroll.papers p" \
	"   where p.kind = kinds[n] and p.id = ids[n];"                                            \
	"  if not found then held = 0; is_erased = true; end if;"                                  \
	"  if versions[n] <> held and not (versions[n] = 0 and is_erased) then"                    \
	"   raise exception 'another version' using errcode = 'PR409', detail = n::text,"          \
	"    hint = case when is_erased then '0' else held::text end;"                             \
	"  end if;"                                                                                \
	"  insert into portroll.papers values (kinds[n], ids[n], held + 1, bodies[n])"             \
	"   on conflict (kind, id) do update set version = excluded.version, body = "              \
	"excluded.body;"                                                                           \
	"  erases = erases or octet_length(bodies[n]) = 0;"                                        \
	" end loop;"                                                                               \
	" if erases then alter table portroll.papers"                                              \
	"  alter body type bytea using case when version > 0 then body end;"                       \
	" end if;"                                                                                 \
	"end $$"

#define APPEND_WITH_PAPERS_FUNCTION                                                                \
	"create function portroll.append(base bigint, leaves bytea[], topics bytea[],"             \
	" bodies bytea[], edge bytea, commitments bytea[], sources bytea[], ids bytea[],"          \
	" salts bytea[], contents bytea[], paper_kinds bytea[], paper_ids bytea[],"                \
	" paper_versions bigint[], paper_bodies bytea[]) returns void language plpgsql" DEFINER    \
	"begin "                                                                                   \
	" perform portroll.append(base, leaves, topics, bodies, edge, commitments, sources, ids,"  \
	"  salts, contents);"                                                                      \
	" perform portroll.put_papers(paper_kinds, paper_ids, paper_versions, paper_bodies);"      \
	"end $$"

#define GUARD_PAPERS_FUNCTION                                                                      \
	"create function portroll.guard_papers() returns trigger language plpgsql as $$ begin"     \
	" if new.version <> old.version + 1 or new.kind <> old.kind or new.id <> old.id then"      \
	"  raise exception 'a paper is changed by who knows its version';"                         \
	" end if;"                                                                                 \
	" return new; "                                                                            \
	"end $$"

/* clang-format off */
static const char *const first_version[] = {
	"select pg_advisory_xact_lock(" POSTGRES_LOCK ")",
	"do $$ begin if to_regnamespace('portroll') is null then create schema portroll; end if; end $$",
	VERSION_TABLE,
	ENTRIES_TABLE,
	"create index entries_by_topic on portroll.entries (topic, index)",
	PEOPLE_TABLE,
	NOTES_TABLE,
	"create unique index notes_once on portroll.notes (size, sha256(note))",
	APPEND_FUNCTION,
	SETTLE_FUNCTION,
	ERASE_FUNCTION,
	KEEP_NOTE_FUNCTION,
	GUARD_FUNCTION,
	GUARD_TRIGGER("version"),
	GUARD_TRIGGER("entries"),
	GUARD_TRIGGER("people"),
	GUARD_TRIGGER("notes"),
	"revoke all on all functions in schema portroll from public",
	"revoke update, delete, truncate on all tables in schema portroll from current_user",
	"insert into portroll.version values (1)",
	NULL,
};

static const char *const second_version[] = {
	"select pg_advisory_xact_lock(" POSTGRES_LOCK ")",
	PAPERS_TABLE,
	PUT_PAPERS_FUNCTION,
	APPEND_WITH_PAPERS_FUNCTION,
	GUARD_PAPERS_FUNCTION,
	"create trigger guard before delete or truncate on portroll.papers"
	" for each statement execute function portroll.guard()",
	"create trigger guard_version before update on portroll.papers"
	" for each row execute function portroll.guard_papers()",
	"revoke all on all functions in schema portroll from public",
	"revoke delete, truncate on portroll.papers from current_user",
	"alter table portroll.version disable trigger guard",
	"grant update on portroll.version to current_user",
	"update portroll.version set version = 2",
	"revoke update on portroll.version from current_user",
	"alter table portroll.version enable trigger guard",
	NULL,
};
/* clang-format on */

const char *const *const postgres_schema[POSTGRES_SCHEMA_VERSION] = {first_version, second_version};
