/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#define PLAIN "text/plain; charset=utf-8"

/* clang-format off */
const struct format formats[] = {
	{"xml",      "xml",      "application/xml",          "IANA's XML; holds everything",
	 COVERAGE_COMPLETE, xml_write},
	{"csv",      "csv",      "text/csv; charset=utf-8",  "IANA's CSV, to the byte",
	 COVERAGE_COMPLETE, csv_write},
	{"text",     "txt",      PLAIN,                      "IANA's plain text, to the byte",
	 COVERAGE_COMPLETE, text_write},
	{"html",     "html",     "text/html; charset=utf-8", "IANA's page, in one file",
	 COVERAGE_COMPLETE, html_write},
	{"page",     "txt",      PLAIN,                      "IANA's page, copied as text",
	 COVERAGE_PARTIAL,  NULL},
	{"json",     "json",     "application/json",         "JSON; holds everything",
	 COVERAGE_COMPLETE, json_write},
	{"services", "services", PLAIN,                      "services(5), as /etc/services",
	 COVERAGE_NAMES,    services_write},
	{"nmap",     "nmap",     PLAIN,                      "nmap-services, with frequencies",
	 COVERAGE_NAMES,    nmap_write},
	{0},
};
/* clang-format on */

const struct format *format_find(struct portroll_str name)
{
	for (const struct format *f = formats; f->name; f++)
		if (str_equal(name, str_from(f->name)))
			return f;
	return NULL;
}
