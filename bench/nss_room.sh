#!/bin/bash
# SPDX-License-Identifier: MIT
# Runs a command in a room where glibc asks this module for services: a private mount namespace with
# an nsswitch.conf and an /etc/services of its own. Outside of it nothing changes.
#
#     nss_room.sh MODULE SERVICES COMMAND ...
#
# FOLDER/lib holds the modules, FOLDER/misc the database of libnss-db; FOLDER is $BENCH_NSS.
set -eu
if [ "${1-}" != inside ]; then
	exec unshare -m --propagation private "${BASH_SOURCE[0]}" inside "$@"
fi
module=$2 services=$3
shift 3
echo "services: $module" >"$BENCH_NSS/nsswitch.$module"
mount --bind "$BENCH_NSS/nsswitch.$module" /etc/nsswitch.conf
mount --bind "$services" /etc/services
if [ -d "$BENCH_NSS/misc" ]; then
	mount --bind "$BENCH_NSS/misc" /var/lib/misc
fi
LD_LIBRARY_PATH=$BENCH_NSS/lib exec "$@"
