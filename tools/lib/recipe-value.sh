#!/bin/bash
# usage: recipe-value.sh RECIPE VARIABLE: print the words of a recipe's variable, one a line.
set -euo pipefail
# shellcheck source=/dev/null
. "$1"
declare -n value=$2
printf '%s\n' "${value[@]}"
