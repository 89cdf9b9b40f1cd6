/* SPDX-License-Identifier: MIT */
#include "procedure/iana_form.h"
#include "procedure/request.h"

#include <stdlib.h>

/* A document comes back the same from either form; what it means, its template and IANA's form are
 * made of whatever it says. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

typedef void put_fn(struct buf *out, const struct document *d);

static void must_come_back(const struct document *d, put_fn *put, struct arena *a)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX), again = BUF_INIT(SIZE_MAX);
	struct document back;
	struct portroll_error err = {0};
	put(&out, d);
	int r = document_read(&back, buf_str(&out), a, &err);
	if (r == PORTROLL_ELIMIT && out.len > PARAGRAPH_TEXT_MAX)
		return;
	must(r == PORTROLL_OK && document_equal(d, &back));
	put(&again, &back);
	must(str_equal(buf_str(&out), buf_str(&again)));
}

/* A template says the kind in its one form. */
static void must_fill_in(const struct document *d, struct arena *a)
{
	CLEANUP(buf_done) struct buf out = BUF_INIT(SIZE_MAX);
	struct document back, known = *d;
	document_put_template(&out, d);
	if (out.len > PARAGRAPH_TEXT_MAX)
		return;
	must(document_read(&back, buf_str(&out), a, NULL) == PORTROLL_OK);
	if (document_kind(d) < REQUEST_KIND_COUNT)
		known.values[DOC_REQUEST] = back.values[DOC_REQUEST];
	must(document_kind(&back) == document_kind(d) && document_equal(&known, &back));
}

static bool is_lab(const void *context, struct portroll_str word)
{
	(void)context;
	return str_equal(word, STR("lab"));
}

static void read_request(const struct document *d, struct arena *a)
{
	struct request q, again;
	must(request_read(&q, d, is_lab, NULL, a) == PORTROLL_OK);
	must(request_read(&again, d, NULL, NULL, a) == PORTROLL_OK);
	must(q.port_count <= REQUEST_PORT_MAX && q.code_count <= REQUEST_CODE_MAX);
	must(q.contact_count <= REQUEST_CONTACT_MAX && (q.transports & ~TRANSPORTS_ALL) == 0);
	must(xref_list_equal(q.references, again.references));
	for (size_t i = 0; i < q.code_count; i++) {
		char text[5];
		uint32_t code = 0;
		CLEANUP(buf_done) struct buf form = BUF_INIT(16);
		if (service_code_text(text, q.codes[i]) == 0)
			continue;
		buf_puts(&form, "SC:");
		buf_puts(&form, text);
		must(service_code_parse(&code, buf_str(&form)) == PORTROLL_OK);
		must(code == q.codes[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	CLEANUP(arena_done) struct arena a = ARENA_INIT;
	CLEANUP(buf_done) struct buf form = BUF_INIT(SIZE_MAX);
	struct portroll_str text = {(const char *)bytes, size};
	struct document d;
	struct portroll_error err = {0};
	int r = document_read(&d, text, &a, &err);
	must((r < 0) == (err.code != 0));
	must(r != PORTROLL_ESYNTAX || (err.line > 0 && err.text[0]));
	if (r < 0)
		return 0;
	must_come_back(&d, document_put, &a);
	must_come_back(&d, document_put_json, &a);
	must_fill_in(&d, &a);
	read_request(&d, &a);
	document_put_iana_form(&form, &d);
	must(form.len > 0 && !form.failed);
	return 0;
}
