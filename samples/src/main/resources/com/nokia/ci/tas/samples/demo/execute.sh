#!/bin/sh
# The executor script of the demo for a node without Python: the same work with what every machine has.
set -eu

say() {
  printf '%s\n' "$*"
  printf '%s\n' "$*" >>report.txt
}

# A number as two or four bytes, lowest first.
two() { printf "$(printf '\\%03o\\%03o' $(($1 & 255)) $(($1 >> 8 & 255)))"; }
four() {
  two $(($1 & 65535))
  two $(($1 >> 16 & 65535))
}

# What both headers of an entry say about it: versions, times, check sum, sizes, length of the name.
entry() {
  printf '\024\000\000\000\000\000\000\000\041\000'
  gzip -c "$1" | tail -c 8 | head -c 4
  four "$(($(wc -c <"$1")))"
  four "$(($(wc -c <"$1")))"
  two ${#1}
  two 0
}

# A zip archive of one small file, stored as it is.
archive() {
  local_size=$((30 + ${#1} + $(wc -c <"$1")))
  printf 'PK\003\004'
  entry "$1"
  printf '%s' "$1"
  cat "$1"
  printf 'PK\001\002\024\000'
  entry "$1"
  two 0
  two 0
  two 0
  four 0
  four 0
  printf '%s' "$1"
  printf 'PK\005\006'
  four 0
  two 1
  two 1
  four $((46 + ${#1}))
  four $local_size
  two 0
}

say "executor script in sh, test $TAS_TEST_ID"
for argument in "$@"; do
  file=${argument#*:}
  imei=${file##*/}
  say "${argument%%:*} product $(sed -n 's:.*<rm-code>\(.*\)</rm-code>.*:\1:p' "$file"), IMEI ${imei%.xml}"
done
say "firmware.img: $(($(wc -c <firmware.img))) bytes, SHA-256 $(sha256sum <firmware.img | cut -d ' ' -f 1)"
for step in 'flash the product' 'run the test tools' 'collect the logs'; do
  sleep 0.3
  say "step: $step"
done
archive report.txt >results.zip
echo 'results.zip is written'
