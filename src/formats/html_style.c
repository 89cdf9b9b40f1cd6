/* SPDX-License-Identifier: MIT */
#include "formats/html_style.h"

const char html_style[] =
	":root{color-scheme:light dark}\n"
	"body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:110rem}\n"
	"header ul{display:inline;padding:0}\n"
	"header li{display:inline;margin-left:1.5em}\n"
	"h1{font-size:1.5rem;font-weight:600}\n"
	"dt{font-weight:600;margin-top:.8em}\n"
	"dd{margin-left:1.5em}\n"
	"pre{margin:0;white-space:pre-wrap}\n"
	".wide{overflow-x:auto}\n"
	"table{border-collapse:collapse}\n"
	"th,td{border:1px solid #8886;padding:.2em .5em;text-align:left;vertical-align:top}\n"
	"th{font-weight:600;background:#8882}\n"
	"[id^=table-] td:nth-child(2),[id^=table-] td:nth-child(3),"
	"[id^=table-] td:nth-child(10){text-align:center}\n"
	"td p{margin:.5em 0}\n"
	".fn td{border:0}\n"
	"@media print{.wide{overflow:visible}}\n";
