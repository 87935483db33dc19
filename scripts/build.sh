# Builds what ./portal up runs, and only when a source changed. Sourced by ./portal; the Dockerfile takes the same steps.

# One line that changes with any source: names, sizes and times of everything that goes into the build.
source_digest() {
  {
    find "$root/src" "$root/db" "$root/wwwroot-assets" \
      \( -name bin -o -name obj -o -name node_modules -o -path "$root/src/Portal.Web/wwwroot" -o -path "$root/wwwroot-assets/tests" \) -prune -o \
      -type f -printf '%P %s %T@\n'
    find "$root" -maxdepth 1 -type f \( -name '*.props' -o -name global.json -o -name BannedSymbols.txt -o -name .editorconfig \) -printf '%P %s %T@\n'
    dotnet --version
  } | LC_ALL=C sort | sha256sum
}

# publish OUTPUT: the portal, and the migrations console beside it. From the root, where global.json chooses the SDK.
publish() (
  cd "$root"
  dotnet publish src/Portal.Web -c Release -o "$1" -v quiet --nologo "-clp:ErrorsOnly;NoSummary" &&
    dotnet publish db/Portal.Migrations -c Release -o "$1/migrations" -v quiet --nologo "-clp:ErrorsOnly;NoSummary"
)

build_app() {
  mkdir -p "$root/artifacts" 2>/dev/null && [ -w "$root/artifacts" ] ||
    die "$root/artifacts cannot be written by $(id -un). Build as the user who owns this directory, or clone it again as $(id -un)."
  local digest
  digest=$(cd "$root" && source_digest)
  exec 9>"$root/artifacts/build.lock"
  flock -n 9 || { say "Waiting for another build …"; flock 9; }
  if [ ! -f "$app/Portal.Web.dll" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ]; then
    say "Building …"
    rm -rf "$app.new"
    # Without the lock's descriptor: the compiler server that the build leaves running would keep it.
    publish "$app.new" 9>&- || die "the build failed (its messages stand above)."
    # A portal that runs keeps the files that it has open.
    rm -rf "$app.old"
    if [ -d "$app" ]; then mv "$app" "$app.old"; fi
    mv "$app.new" "$app"
    rm -rf "$app.old"
    printf '%s\n' "$digest" >"$stamp"
  fi
  exec 9>&-
}
