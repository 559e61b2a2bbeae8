#!/usr/bin/env bash
# Sets the TLS client beside programs of others, on loopback: our client through tinyproxy to nginx and to
# `openssl s_server`, and curl through the tests' proxy; then 10000 requests (REQUESTS=n) with every fault.
# Certificates are made here, for a day. What the client held on the way is drawn in
# build/reports/tls-soak.svg, and stands in tls-soak.csv beside it.
# Exit status 1 if a check fails, 2 if a program that it needs is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin
harness/tools/deps.sh tls
for program in tinyproxy nginx openssl curl; do
    command -v $program >/dev/null || {
        echo "test-tls: $program is missing; harness/tools/deps.sh tls installs it" >&2
        exit 2
    }
done
harness/tools/build.sh release tls_fetch tls_proxy tls_soak
bin=$PWD/build/release/bin
reports=$PWD/build/reports
mkdir -p "$reports"
scratch=$(mktemp -d)
children=()
# shellcheck disable=SC2317 # the trap calls it
finish() {
    [ ${#children[@]} -eq 0 ] || kill "${children[@]}" 2>/dev/null || true
    wait
    rm -rf "$scratch"
}
trap finish EXIT
cd "$scratch"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -keyout key.pem -out certificate.pem 2>/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=stranger \
    -keyout stranger-key.pem -out stranger.pem 2>/dev/null
mkdir pages logs
echo "a page of nginx" >pages/page.txt

is_open() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
next_port=$((20000 + RANDOM % 20000))
free_port() {
    while is_open $next_port; do next_port=$((next_port + 1)); done
    port=$next_port
    next_port=$((next_port + 1))
}
# The server tells nobody that it is ready: it is asked for a minute.
wait_for() {
    local i
    for i in $(seq 600); do
        if is_open "$1"; then return; fi
        sleep 0.1
    done
    echo "test-tls: $2 does not listen on port $1 ($i times asked)" >&2
    exit 1
}

free_port
nginx_port=$port
cat >nginx.conf <<END
daemon off; pid $scratch/nginx.pid; error_log $scratch/logs/nginx.log;
events {}
http {
    access_log off;
    client_body_temp_path $scratch/logs; proxy_temp_path $scratch/logs; fastcgi_temp_path $scratch/logs;
    uwsgi_temp_path $scratch/logs; scgi_temp_path $scratch/logs;
    server {
        listen 127.0.0.1:$nginx_port ssl; server_name localhost; root $scratch/pages;
        ssl_certificate $scratch/certificate.pem; ssl_certificate_key $scratch/key.pem;
    }
}
END
chmod -R go+rX "$scratch"  # nginx's workers are another user
nginx -c "$scratch/nginx.conf" 2>logs/nginx.start &
children+=($!)
free_port
tinyproxy_port=$port
printf '%s\n' "Port $tinyproxy_port" "Listen 127.0.0.1" "LogFile \"$scratch/logs/tinyproxy.log\"" \
    >tinyproxy.conf
tinyproxy -d -c tinyproxy.conf >/dev/null 2>&1 &
children+=($!)
free_port
s_server_port=$port
(cd pages && exec openssl s_server -accept 127.0.0.1:$s_server_port -key ../key.pem \
    -cert ../certificate.pem -WWW) >logs/s_server.log 2>&1 &
children+=($!)
mkfifo hold
"$bin/tls_proxy" <hold >proxy.port &
children+=($!)
exec 3>hold  # the proxy serves until this is closed
wait_for $nginx_port nginx
wait_for $tinyproxy_port tinyproxy
wait_for $s_server_port "openssl s_server"
for _ in $(seq 600); do [ -s proxy.port ] || sleep 0.1; done
[ -s proxy.port ] || {
    echo "test-tls: the tests' proxy does not say its port" >&2
    exit 1
}
own_proxy_port=$(cat proxy.port)

failed=0
# expect NAME STATUS TEXT COMMAND…: the command ends with this status, and prints this text.
expect() {
    local name=$1 wanted=$2 text=$3 said status=0
    shift 3
    said=$("$@" 2>&1) || status=$?
    if [ $status -eq "$wanted" ] && [[ $said == *"$text"* ]]; then
        echo "ok      $name"
    else
        echo "FAILED  $name: exit status $status, not $wanted, or not '$text': $said"
        failed=1
    fi
}
ours=("$bin/tls_fetch" localhost)
expect "our client, tinyproxy, nginx" 0 "a page of nginx" \
    "${ours[@]}" $nginx_port /page.txt 127.0.0.1 $tinyproxy_port certificate.pem
expect "our client, tinyproxy, openssl s_server" 0 "a page of nginx" \
    "${ours[@]}" $s_server_port /page.txt 127.0.0.1 $tinyproxy_port certificate.pem
expect "our client, our proxy, nginx" 0 "a page of nginx" \
    "${ours[@]}" $nginx_port /page.txt 127.0.0.1 "$own_proxy_port" certificate.pem
expect "our client does not trust a stranger" 1 "localhost:$nginx_port: handshake: self-signed certificate" \
    "${ours[@]}" $nginx_port /page.txt 127.0.0.1 $tinyproxy_port stranger.pem
expect "our client names tinyproxy's refusal" 1 "localhost:1: tunnel: the proxy answers 500" \
    "${ours[@]}" 1 /page.txt 127.0.0.1 $tinyproxy_port certificate.pem
expect "curl, our proxy, nginx" 0 "a page of nginx" \
    curl --silent --show-error --proxy "http://127.0.0.1:$own_proxy_port" --cacert certificate.pem \
    "https://localhost:$nginx_port/page.txt"
expect "curl, our proxy in pieces, nginx" 0 "a page of nginx" \
    curl --silent --show-error --proxy "http://127.0.0.1:$own_proxy_port" --proxy-header "x-fault: pieces" \
    --cacert certificate.pem "https://localhost:$nginx_port/page.txt"
exec 3>&-
"$bin/tls_soak" "${REQUESTS:-10000}" "$reports" || failed=1
exit $failed
