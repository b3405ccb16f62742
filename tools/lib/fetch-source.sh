#!/bin/bash
# usage: fetch-source.sh PACKAGE
# Print the folder with the unpacked sources of a Debian source package, fetching it by name when it is not cached yet.
#
# apt does the work with a configuration of its own: its lists and caches lie in the cache folder, its sources are the
# user's own ones turned into deb-src lines, and Debian's keys check them. The system's apt is only read, never written.
set -euo pipefail

fail() {
	echo "fetch-source: $*" >&2
	exit 1
}

[ $# -eq 1 ] || fail "usage: fetch-source.sh PACKAGE"
[[ $1 =~ ^[a-z0-9][a-z0-9.+-]+$ ]] || fail "'$1' is not the name of a source package"
package=$1
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sublet
apt=$cache/apt
unpacked=$cache/src/$package

# The archives of this Debian release that the user's apt knows, as deb-src lines.
write_sources() {
	local release uri suite component keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	release=$(. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
	apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u |
		while read -r uri suite component; do
			case $suite in
			"$release" | "$release"-* | stable | stable-*)
				echo "deb-src [signed-by=$keyring] $uri $suite $component"
				;;
			esac
		done
}

# Settings on top of the system's (which may name a proxy); the hooks of the system's apt must not run.
write_config() {
	cat <<END
Dir::Etc::SourceList "$apt/sources.list";
Dir::Etc::SourceParts "-";
Dir::State "$apt/state";
Dir::State::Status "/var/lib/dpkg/status";
Dir::Cache "$apt/cache";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::http::Timeout "20";
Acquire::Retries "1";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
END
}

private_apt() {
	apt-get -q -c "$apt/apt.conf" "$@" >>"$apt/log" 2>&1
}

mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$cache/src"
exec 8>"$apt/.lock"
flock 8
if [ ! -d "$unpacked" ]; then
	: >"$apt/log"
	write_sources >"$apt/sources.list"
	[ -s "$apt/sources.list" ] || fail "apt has no archive of this Debian release configured"
	write_config >"$apt/apt.conf"
	download=$(mktemp -d "$cache/src/.$package.XXXXXX")
	trap 'rm -rf "$download"' EXIT
	cd "$download"
	private_apt update || true
	private_apt source --only-source --download-only "$package" ||
		fail "the source package $package cannot be fetched: $(grep -m 1 '^[EW]:' "$apt/log" || echo "see $apt/log")"
	dpkg-source --no-check -x ./*.dsc "$download/sources" >>"$apt/log" 2>&1 || fail "the source package $package cannot be unpacked"
	mv "$download/sources" "$unpacked"
fi
echo "$unpacked"
