#!/bin/sh
# Hands the certificate that the proxy obtained for MEDIA_HOST to OME: copies it whenever it changes, in the two
# files OME wants, then asks OME to read it again. Runs in the proxy's image, which has everything used here.
set -eu

SOURCE=${SOURCE:-/data/caddy/certificates}
TARGET=${TARGET:-/tls}
EVERY=${EVERY:-60}
OME_API=${OME_API:-ome:8081}

newest() {
	# One folder for each issuer that ever answered; the latest certificate counts.
	ls -t "$SOURCE"/*/"$MEDIA_HOST/$MEDIA_HOST.crt" 2>/dev/null | head -n 1
}

share() {
	crt=$(newest)
	[ -n "$crt" ] && [ -s "${crt%.crt}.key" ] || return 0
	cmp -s "$crt" "$TARGET/full.crt" && return 0
	umask 077
	awk '/BEGIN CERTIFICATE/ { n++ } n == 1' "$crt" >"$TARGET/cert.crt.new"
	awk '/BEGIN CERTIFICATE/ { n++ } n > 1' "$crt" >"$TARGET/cert.ca-bundle.new"
	cp "${crt%.crt}.key" "$TARGET/cert.key.new"
	for name in cert.ca-bundle cert.key cert.crt; do mv "$TARGET/$name.new" "$TARGET/$name"; done
	echo "certificate of $MEDIA_HOST handed to OME"
	# Remembered as done only when OME has taken it; before OME's first start there is nobody to ask.
	if wget -q -O /dev/null --header "Authorization: Basic $(printf %s "$OME_API_TOKEN" | base64 | tr -d '\n')" \
		--post-data '' "http://$OME_API/v1/vhosts/$OME_VHOST:reloadCertificate"; then
		cp "$crt" "$TARGET/full.crt"
	else
		echo 'OME did not answer; asking again'
	fi
}

while :; do
	share
	[ "$EVERY" = 0 ] && break
	sleep "$EVERY"
done
