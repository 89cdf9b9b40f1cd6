/* SPDX-License-Identifier: MIT */
#pragma once

/* Sends what waits: mail through sendmail(8) or SMTP, webhooks by POST. */

#include "desk/delivery.h"
#include "desk/desk.h"
#include "keeper/notifying.h"

struct sending_counts {
	size_t sent, waiting, failed;
};

/* Erases what was sent a month ago, and tries each delivery that waits, is due, and was made at
 * that time or later. Of two who send at once one has it: the delivery is taken before it is tried,
 * so that one whose sender dies is tried again later, with the same id. What does not arrive is no
 * failure of this. */
PORTROLL_MUST_CHECK int sending_run(struct sending_counts *ret, struct keeper *k,
				    const struct desk *desk, const struct notifying *n,
				    int64_t since);

/* The signature of a webhook's body: HMAC-SHA256 with its secret over the time in decimal digits, a
 * full stop, and the body; 64 hexadecimal digits. */
#define SIGNATURE_LEN 64
void sending_sign(char ret[static SIGNATURE_LEN], struct portroll_str secret, int64_t time,
		  struct portroll_str body);
