# Runs every suite and adds them up. Sourced by ./portal.

need_test_tools() {
  need_dotnet
  need_node
  need_postgresql
  local missing=()
  has chromium || missing+=(chromium)
  has swaks || missing+=(swaks)
  # swaks only recommends it; without it there is no STARTTLS.
  perl -MNet::SSLeay -e 1 2>/dev/null || missing+=(libnet-ssleay-perl)
  has openssl || missing+=(openssl)
  # What others open our mail with.
  has cmsutil || missing+=(libnss3-tools)
  has gpgsm || missing+=(gpgsm)
  has python3 || missing+=(python3)
  has curl || missing+=(curl)
  has setpriv || missing+=(util-linux)
  if [ ${#missing[@]} -gt 0 ]; then need_packages "What the tests need (${missing[*]})" "${missing[@]}"; fi
  need_server /usr/sbin/postfix postfix
}

passed=0
failed=0
broken=()

# count_trx DIRECTORY NAME: adds up what the test results there say; a suite without results did not run.
count_trx() {
  local counters
  counters=$(cat "$1"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' || true)
  if [ -z "$counters" ]; then
    broken+=("$2")
    return
  fi
  passed=$((passed + $(sum "$counters" passed)))
  failed=$((failed + $(sum "$counters" failed) + $(sum "$counters" error) + $(sum "$counters" timeout) + $(sum "$counters" aborted)))
}

sum() { printf '%s\n' "$1" | grep -o " $2=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }

# run_suite PROJECT: runs one test project, built already. Results and exit code are left for count_suite.
run_suite() {
  local name results status=0 filter=() patience=5m
  # A test that measures or fuzzes takes minutes by itself.
  if [ -n "${PORTAL_TEST_DEEP:-}" ]; then patience=30m; fi
  name=$(basename "$1")
  results="$root/artifacts/test-results/$name"
  rm -rf "$results"
  mkdir -p "$results"
  if [ -n "$wanted" ]; then filter=(--filter "FullyQualifiedName~$wanted"); fi
  say "── $name"
  dotnet test "$1" --no-build -c Release --nologo -v quiet --logger "trx" --results-directory "$results" \
    --blame-hang-timeout "$patience" --blame-hang-dump-type none ${filter[@]+"${filter[@]}"} || status=$?
  printf '%d\n' "$status" >"$results/status"
}

# count_suite PROJECT: adds up what run_suite left.
count_suite() {
  local name results status before=$failed
  name=$(basename "$1")
  results="$root/artifacts/test-results/$name"
  status=$(cat "$results/status" 2>/dev/null || echo 1)
  if [ -n "$wanted" ] && [ "$status" -eq 0 ] && ! compgen -G "$results/*.trx" >/dev/null; then return 0; fi
  count_trx "$results" "$name"
  # A host that crashed after its last result.
  if [ "$status" -ne 0 ] && [ "$failed" -eq "$before" ] && [ "${broken[*]: -1}" != "$name" ]; then broken+=("$name"); fi
}

front_end_suite() {
  local assets="$root/wwwroot-assets" report="$root/artifacts/test-results/front-end.json" filter=()
  say "── wwwroot-assets"
  rm -f "$report"
  if [ -z "$wanted" ]; then
    if (cd "$assets" && npm run --silent check); then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  else
    filter=(--testNamePattern "$wanted" --passWithNoTests)
  fi
  (cd "$assets" && npm test --silent -- --reporter=default --reporter=json --outputFile.json="$report" ${filter[@]+"${filter[@]}"}) || true
  local counts
  if counts=$(node -p 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); `${r.numPassedTests} ${r.numFailedTests} ${r.testResults.filter(f => f.status === "failed" && f.assertionResults.length === 0).length}`' "$report" 2>/dev/null); then
    read -r ran_passed ran_failed files_failed <<<"$counts"
    passed=$((passed + ran_passed))
    failed=$((failed + ran_failed + files_failed))
  else
    broken+=(wwwroot-assets)
  fi
  if [ -z "$wanted" ] && [ -n "${PORTAL_TEST_DEEP:-}" ]; then
    if (cd "$assets" && npm run --silent fuzz -- --seconds 600); then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  fi
}

run_tests() {
  wanted=
  while [ $# -gt 0 ]; do
    case "$1" in
      --deep) export PORTAL_TEST_DEEP=1 ;;
      -*) die "test: $1 is not known. ./portal test [FILTER] [--deep]" ;;
      *) wanted=$1 ;;
    esac
    shift
  done
  need_test_tools
  mkdir -p "$root/artifacts/test-results"
  cd "$root"
  say "Building …"
  dotnet build Portal.sln -c Release -v quiet --nologo "-clp:ErrorsOnly;NoSummary" || { say "The build failed."; printf '0 passed, 1 failed\n'; exit 1; }
  build_app
  export PORTAL_TEST_APP=$app
  front_end_suite
  local project
  for project in tests/*.Tests; do
    run_suite "$project"
    count_suite "$project"
  done
  if [ ${#broken[@]} -gt 0 ]; then
    say "Did not run to their end: ${broken[*]}"
    failed=$((failed + ${#broken[@]}))
  fi
  if [ $((passed + failed)) -eq 0 ]; then
    say "No test has “$wanted” in its name."
    failed=1
  fi
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}

# Every page and state, wide and narrow, light and dark, as the tests of pages see them.
take_screenshots() {
  need_test_tools
  build_app
  cd "$root"
  PORTAL_TEST_APP=$app PORTAL_SCREENSHOTS="$root/docs/screenshots" \
    dotnet test tests/Portal.EndToEnd.Tests -c Release --nologo -v quiet \
    --filter 'FullyQualifiedName~.Pages.|FullyQualifiedName~.Accounts.|FullyQualifiedName~.Credentials.|FullyQualifiedName~.Journeys.|FullyQualifiedName~.Vaultboxes.'
  say "$(find docs/screenshots -name '*.png' | wc -l) pictures in docs/screenshots"
}
