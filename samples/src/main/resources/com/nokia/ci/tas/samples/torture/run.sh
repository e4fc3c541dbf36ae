# One run of a test under torture; its arguments are role:/…/IMEI.xml.
#
# It locks its products as long as it lives. So a second run on one of them is seen at once, whoever was
# killed, stalled or left behind meanwhile. What it notes is one line in one write to a file opened for
# appending: lines of several runs never mix.
#
# From its test: TORTURE (directory for the notes), KIND, STEPS, DIGEST (of data.bin).

products=
for argument; do
  imei=${argument##*/}
  products=$products${products:+,}${imei%.xml}
done

note() { printf '%s %s %s %s %s %s\n' "$(date +%s%3N)" "$1" "$TAS_TEST_ID" "$$" "$products" "$2" >>"$TORTURE/runs"; }

fd=9
for argument; do
  imei=${argument##*/}
  imei=${imei%.xml}
  eval "exec $fd>>\"\$TORTURE/\$imei.lock\""
  if flock -n $fd; then
    echo "$TAS_TEST_ID $$" >"$TORTURE/$imei.holder"
  else
    note double "$imei is used by $(cat "$TORTURE/$imei.holder")"
  fi
  fd=$((fd - 1))
done
note begin "$KIND"
[ "$(sha256sum <data.bin)" = "$DIGEST  -" ] || note corrupt data.bin

# A companion of its own session that keeps the lock, and ends only with a run that comes to its end by itself:
# when the run is ended, or left behind by a communicator that was killed, the node has to end it.
setsid sleep 600 &
companion=$!
finish() {
  [ "$KIND" = straggling ] || kill -9 "$companion"
  exit "$1"
}

# Goes on when nobody takes its output any more: whoever leaves it behind has it in the way. A stubborn one
# goes on when it is asked to end as well.
trap '' PIPE HUP
[ "$KIND" = stubborn ] && trap '' TERM

step=1
while [ $step -le "$STEPS" ]; do
  echo "step $step $$"
  sleep 0.1 7>&- 8>&- 9>&-
  step=$((step + 1))
done

[ "$KIND" = failing ] && finish 7
[ "$KIND" = flaky ] && mkdir "$TORTURE/failed-once-$TAS_TEST_ID" 2>/dev/null && finish 9
echo "$TAS_TEST_ID $$" >results.txt
note end "$KIND"
finish 0
