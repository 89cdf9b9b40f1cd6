/* SPDX-License-Identifier: MIT */
#include "procedure/document.h"

#include "base/json.h"

void document_put_json(struct buf *out, const struct document *d)
{
	struct json j = json_init(out, false);
	char key[DOCUMENT_KEY_MAX];
	json_object(&j);
	for (unsigned i = 0; i < DOC_FIELD_COUNT; i++) {
		(void)document_key(key, (enum document_field)i);
		json_member(&j, key, d->values[i]);
	}
	json_object_end(&j);
}
