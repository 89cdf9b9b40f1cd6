/* SPDX-License-Identifier: MIT */
#include "snapshot/check.h"

/* What a blob is walked over with; failure sticks in the cursor, as in its readers (blob.c). */
struct walk {
	const struct checker *checker;
	struct cursor cursor;
};

static void pass_text(struct walk *w)
{
	uint32_t text = cursor_varint(&w->cursor);
	if (!is_text(w->checker, text))
		w->cursor.failed = true;
}

static void pass_date(struct walk *w)
{
	if (!date_packed_ok(cursor_varint(&w->cursor)))
		w->cursor.failed = true;
}

/* The length of a list: each item has at least one byte. */
static uint32_t pass_count(struct walk *w)
{
	uint32_t count = cursor_varint(&w->cursor);
	if (count > cursor_left(&w->cursor))
		w->cursor.failed = true;
	return w->cursor.failed ? 0 : count;
}

static void pass_texts(struct walk *w)
{
	for (uint32_t left = pass_count(w); left > 0 && !w->cursor.failed; left--)
		pass_text(w);
}

static void pass_extras(struct walk *w)
{
	for (uint32_t left = pass_count(w); left > 0 && !w->cursor.failed; left--) {
		pass_text(w);
		pass_text(w);
		(void)cursor_u8(&w->cursor);
	}
}

static void pass_xref(struct walk *w)
{
	uint8_t type = cursor_u8(&w->cursor), fragment_kind = cursor_u8(&w->cursor);
	for (size_t i = 0; i < 4; i++)
		pass_text(w);
	pass_extras(w);
	if (type >= XREF_TYPE_COUNT || fragment_kind >= FRAGMENT_COUNT)
		w->cursor.failed = true;
}

static void pass_xrefs(struct walk *w)
{
	for (uint32_t left = pass_count(w); left > 0 && !w->cursor.failed; left--)
		pass_xref(w);
}

static void pass_runs(struct walk *w)
{
	for (uint32_t left = pass_count(w); left > 0 && !w->cursor.failed; left--) {
		uint8_t kind = cursor_u8(&w->cursor);
		if (kind >= RUN_KIND_COUNT)
			w->cursor.failed = true;
		else if (kind == RUN_TEXT)
			pass_text(w);
		else if (kind == RUN_XREF)
			pass_xref(w);
	}
}

static bool begin(struct walk *w, const struct checker *k, uint32_t blob)
{
	struct portroll_str bytes;
	bool ok = blob_at(k->snapshot, blob, &bytes);
	*w = (struct walk){k, cursor_init(bytes)};
	return ok;
}

static bool ended(const struct walk *w)
{
	return !w->cursor.failed && cursor_left(&w->cursor) == 0;
}

static bool check_rare_cells(struct checker *k, const struct rare_cells *rare)
{
	return check_date_cell(k, rare->modified) && is_text(k, rare->notes) &&
	       is_text(k, rare->alias_of) && is_text(k, rare->unauthorized);
}

bool check_record_blob(struct checker *k, uint32_t blob)
{
	if (blob == 0 || map_has(&k->blobs, KNOWN_RECORD, blob))
		return true;
	struct walk w;
	struct rare_cells rare;
	unsigned parts;
	if (!begin(&w, k, blob) || !read_rare_cells(&w.cursor, &parts, &rare) ||
	    !check_rare_cells(k, &rare))
		return false;
	static const struct {
		enum blob_part part;
		void (*pass)(struct walk *w);
	} walks[] = {
		{BLOB_DESCRIPTION, pass_runs},  {BLOB_NOTE, pass_runs},
		{BLOB_UNAUTHORIZED, pass_text}, {BLOB_CONTACTS, pass_xrefs},
		{BLOB_ASSIGNEE, pass_xrefs},    {BLOB_REFERENCES, pass_xrefs},
		{BLOB_EXTRAS, pass_extras},
	};
	for (size_t i = 0; i < ARRAY_LEN(walks); i++)
		if (parts & walks[i].part)
			walks[i].pass(&w);
	if (!ended(&w))
		return false;
	map_set(&k->blobs, KNOWN_RECORD, blob);
	return true;
}

bool check_person_blob(struct checker *k, uint32_t blob)
{
	if (blob == 0 || map_has(&k->blobs, KNOWN_PERSON, blob))
		return true;
	struct walk w;
	if (!begin(&w, k, blob))
		return false;
	pass_texts(&w);
	pass_extras(&w);
	if (!ended(&w))
		return false;
	map_set(&k->blobs, KNOWN_PERSON, blob);
	return true;
}

bool check_copies(struct checker *k, uint32_t blob, size_t count)
{
	struct walk w;
	if (!begin(&w, k, blob) || pass_count(&w) != count)
		return false;
	for (size_t i = 0; i < count && !w.cursor.failed; i++) {
		for (size_t text = 0; text < 4; text++)
			pass_text(&w);
		pass_date(&w);
		(void)cursor_u8(&w.cursor);
		(void)cursor_bytes(&w.cursor, SHA256_SIZE);
		(void)cursor_varint(&w.cursor);
	}
	return ended(&w);
}

bool check_header(struct checker *k, uint32_t blob)
{
	struct walk w;
	if (!begin(&w, k, blob))
		return false;
	pass_text(&w);
	pass_text(&w);
	pass_date(&w);
	pass_date(&w);
	pass_text(&w);
	pass_text(&w);
	pass_runs(&w);
	pass_texts(&w);
	for (uint32_t left = pass_count(&w); left > 0 && !w.cursor.failed; left--) {
		pass_text(&w);
		pass_runs(&w);
	}
	pass_xrefs(&w);
	pass_extras(&w);
	for (uint32_t left = pass_count(&w); left > 0 && !w.cursor.failed; left--) {
		(void)cursor_varint(&w.cursor);
		pass_runs(&w);
	}
	return ended(&w);
}
