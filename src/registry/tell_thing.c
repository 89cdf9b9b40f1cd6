/* SPDX-License-Identifier: MIT */
#include "registry/tell_thing.h"

#include "registry/refer.h"

static bool is_called(const struct tell_thing *thing, struct portroll_str name)
{
	for (size_t i = 0; i < thing->name_count; i++)
		if (str_equal_fold(thing->names[i], name))
			return true;
	return false;
}

bool tell_thing_is_record(const struct tell_thing *thing, const struct record *r)
{
	if (thing->transport != PORTROLL_ANY && r->transport != PORTROLL_ANY &&
	    r->transport != thing->transport)
		return false;
	if (thing->has_port)
		return r->has_port && r->port.first <= thing->port.last &&
		       r->port.last >= thing->port.first;
	return r->name.len && is_called(thing, r->name);
}

bool tell_thing_is_person(const struct tell_thing *thing, const struct person *p)
{
	for (size_t i = 0; i < thing->name_count; i++)
		if (str_equal(thing->names[i], p->id))
			return true;
	return false;
}

static int find_reference(void *context, const struct xref *x)
{
	const struct tell_thing *thing = context;
	for (size_t i = 0; x->type == XREF_PERSON && i < thing->name_count; i++)
		if (str_equal(thing->names[i], x->data))
			return PORTROLL_ECONFLICT;
	return PORTROLL_OK;
}

bool tell_thing_is_named(const struct tell_thing *thing, const struct record *r)
{
	struct tell_thing sought = *thing;
	return refer_each_of_record(r, find_reference, &sought) < 0;
}

/* A person is told of where a service came to them or left them, and with what became of their
 * service as a whole. */
static bool is_of_person(const struct telling *t, const struct telling_part *part,
			 const struct tell_thing *thing)
{
	bool was = part->old && tell_thing_is_named(thing, part->old);
	bool is = part->new &&tell_thing_is_named(thing, part->new);
	return was != is || (was && t->kind < TELL_ASSIGNEE);
}

static bool is_about(const struct telling *t, const struct telling_part *part,
		     const struct tell_thing *thing)
{
	if (part->role == ROLE_RANGE)
		return false;
	if (part->old_person && tell_thing_is_person(thing, part->old_person))
		return true;
	if (part->new_person && tell_thing_is_person(thing, part->new_person))
		return true;
	if ((part->old && tell_thing_is_record(thing, part->old)) ||
	    (part->new &&tell_thing_is_record(thing, part->new)))
		return true;
	return part->role == ROLE_SUBJECT && (part->old || part->new) &&
	       is_of_person(t, part, thing);
}

/* What goes with the subject stays: its range, its sibling, its name, the person. All does where
 * the thing is no subject, but one of the records that refer to a person. */
static bool is_kept(const struct telling *t, size_t i, const struct tell_thing *thing, bool whole)
{
	const struct telling_part *part = &t->parts[i];
	if (is_about(t, part, thing))
		return true;
	if (whole || (t->kind == TELL_PERSON_ID && i == 0))
		return true;
	return part->role != ROLE_SUBJECT && part->role != ROLE_REFERS;
}

int tell_narrow(struct telling *ret, bool *ret_is_about, const struct telling *t,
		const struct tell_thing *thing, struct arena *a)
{
	bool any = false, any_subject = false;
	*ret_is_about = false;
	if (t->kind == TELL_MOVED || t->kind == TELL_FORM)
		return PORTROLL_OK;
	for (size_t i = 0; i < t->part_count; i++) {
		bool about = is_about(t, &t->parts[i], thing);
		any |= about;
		any_subject |= about && t->parts[i].role == ROLE_SUBJECT;
	}
	if (!any)
		return PORTROLL_OK;
	struct telling_part *parts = arena_array(a, t->part_count, sizeof(*parts));
	if (!parts)
		return PORTROLL_ENOMEM;
	*ret = *t;
	ret->parts = parts;
	ret->part_count = 0;
	bool whole = any_subject == (t->kind == TELL_PERSON_ID);
	for (size_t i = 0; i < t->part_count; i++)
		if (is_kept(t, i, thing, whole))
			parts[ret->part_count++] = t->parts[i];
	*ret_is_about = true;
	return PORTROLL_OK;
}
