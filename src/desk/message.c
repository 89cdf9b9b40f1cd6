/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "base/macros.h"
#include "desk/letter.h"
#include "ledger/base64.h"

#define LINE_BYTES 57
#define WORD_BYTES 39 /* of an encoded word of RFC 2047, so that it stays below 75 characters */

static bool is_plain(struct portroll_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] < 0x20 || (unsigned char)text.ptr[i] > 0x7e)
			return false;
	return true;
}

/* No more bytes than that, and none of a letter that is cut. */
static size_t word_length(struct portroll_str text)
{
	size_t length = text.len < WORD_BYTES ? text.len : WORD_BYTES;
	while (length < text.len && ((unsigned char)text.ptr[length] & 0xc0) == 0x80)
		length--;
	return length;
}

/* RFC 2047; white space of any kind is a blank, so that nothing begins another header. */
static void put_header_text(struct buf *out, struct portroll_str text)
{
	if (is_plain(text)) {
		buf_put(out, text);
		return;
	}
	for (bool is_first = true; text.len; is_first = false) {
		size_t length = word_length(text);
		buf_puts(out, is_first ? "=?UTF-8?B?" : "\n =?UTF-8?B?");
		base64_put(out, text.ptr, length);
		buf_puts(out, "?=");
		text = str_part(text, length, text.len);
	}
}

static void put_address(struct buf *out, struct portroll_str address)
{
	for (size_t i = 0; i < address.len; i++)
		if ((unsigned char)address.ptr[i] > 0x20 && address.ptr[i] != 0x7f)
			buf_putc(out, address.ptr[i]);
}

/* RFC 5322 section 3.3; 1970-01-01 was a Thursday. */
static void put_date(struct buf *out, int64_t time)
{
	static const char days[] = "ThuFriSatSunMonTueWed";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	enum {
		DAY = 86400,
		HOUR = 3600,
		MINUTE = 60
	};
	struct date date = date_of_time(time);
	int64_t second = time % DAY;
	buf_printf(out, "%.3s, %u %.3s %u %02u:%02u:%02u +0000", days + 3 * (time / DAY % 7),
		   (unsigned)date.day, months + 3 * (size_t)(date.month - 1), (unsigned)date.year,
		   (unsigned)(second / HOUR), (unsigned)(second / MINUTE % 60),
		   (unsigned)(second % MINUTE));
}

static struct portroll_str domain_of(struct portroll_str address)
{
	size_t at = str_find_char(address, '@');
	return at == SIZE_MAX ? STR("localhost") : str_part(address, at + 1, address.len);
}

/* Lines of any length and letter pass every server so (RFC 2045 section 6.8). */
static void put_body(struct buf *out, struct portroll_str text)
{
	for (size_t at = 0; at < text.len; at += LINE_BYTES) {
		struct portroll_str line = str_part(text, at, at + LINE_BYTES);
		base64_put(out, line.ptr, line.len);
		buf_putc(out, '\n');
	}
}

void message_put(struct buf *out, const struct message *m)
{
	buf_puts(out, "From: ");
	put_address(out, m->from);
	buf_puts(out, "\nTo: ");
	put_address(out, m->to);
	buf_puts(out, "\nSubject: ");
	put_header_text(out, m->subject);
	buf_puts(out, "\nDate: ");
	put_date(out, m->time);
	buf_puts(out, "\nMessage-ID: <");
	buf_put(out, m->id);
	buf_putc(out, '@');
	put_address(out, domain_of(m->from));
	buf_puts(out, ">\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\n"
		      "Content-Type: text/plain; charset=utf-8\n"
		      "Content-Transfer-Encoding: base64\n\n");
	put_body(out, m->text);
}
