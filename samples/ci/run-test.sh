#!/bin/sh
# Runs the test in samples/ci/test on a farm: artifacts in, results and a JUnit report out, the
# output of the executor in the log, and a stop of this script stops the test.
#
#   TAS_SERVICE  host:port of the farm; TAS_FARM_KEY names the key where the farm wants one
#   TAS          how the command line is started (default: tas)
#   results/     gets the results and junit.xml, in the current directory
#
# Further arguments are options of "tas start", such as --require "rm-code:RM-763;".
set -u
: "${TAS_SERVICE:?is not set; give it the address of the farm, for example farm.example.org:31415}"
here=$(cd "$(dirname "$0")" && pwd) || exit 2
build=${BUILD_NUMBER:-${CI_JOB_ID:-${GITHUB_RUN_ID:-$$}}}

# exec: whoever ends this script ends the command, which stops its test before it goes.
# shellcheck disable=SC2086
exec ${TAS:-tas} start \
  --id "ci_${build}" \
  --workspace "$here/test" \
  --executor-application sh --executor-script execute.sh \
  --results report.xml --results-dir results \
  --junit results/junit.xml --judge \
  "$@"
