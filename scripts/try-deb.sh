#!/usr/bin/env bash
# Installs dist/*.deb as somebody would, starts what it installed, removes it again: in a Debian that has nothing else.
# `try-deb.sh root` only makes that bare Debian, in build/clean-root. It takes root's rights and mmdebstrap; without them the package
# is unpacked instead, and what could not be tried is said.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD/build/clean-root

mirror() { apt-get indextargets --format '$(SITE)' 'Created-By: Packages' "Codename: $1" | head -1; }

make_root() {
    [ -e "$root/.ready" ] && return
    local release
    release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    rm -rf "$root"
    mkdir -p "$root"
    mmdebstrap --quiet --variant=minbase "$release" "$root" "$(mirror "$release")" >"$root.log" 2>&1 ||
        { tail -5 "$root.log" >&2; return 1; }
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    touch "$root/.ready"
}

can_make_root() { [ "$(id -u)" -eq 0 ] && command -v mmdebstrap >/dev/null && [ -n "$(mirror "$(. /etc/os-release && echo "$VERSION_CODENAME")")" ]; }

if [ "${1:-}" = root ]; then
    can_make_root && make_root
    exit
fi

debs=(dist/*.deb)
deb=$(readlink -f "${debs[-1]}")

if ! can_make_root || ! make_root; then
    echo "NOT TRIED: apt install into a clean root (it takes root's rights, mmdebstrap and a mirror). Unpacked instead:"
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
    dpkg-deb -x "$deb" "$place"
    env -i HOME="$place" PATH=/usr/bin:/bin QT_QPA_PLATFORM=offscreen "$place/usr/bin/ptodesk-gui" --self-test
    exit
fi

inside() { env -i HOME=/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"; }
if ! mountpoint -q "$root/proc"; then
    mount -t proc proc "$root/proc"
fi
trap 'umount "$root/proc"' EXIT
cp "$deb" "$root/tmp/ptodesk.deb"

echo "== apt install ./ptodesk.deb"
inside apt-get -qq update
inside apt-get -qq install --yes --no-install-recommends /tmp/ptodesk.deb >"$root.install.log" 2>&1 || { tail -20 "$root.install.log" >&2; exit 1; }
inside dpkg --verify ptodesk
inside sh -c 'test -z "$(dpkg --audit)"'
inside sh -c 'grep -q "^MimeType=x-scheme-handler/ptodesk;$" /usr/share/applications/ptodesk.desktop'

echo "== started there, as a user without a desktop"
inside useradd --create-home --home-dir /srv/agent agent 2>/dev/null || true
as_agent() { inside setpriv --reuid=agent --regid=agent --clear-groups env HOME=/srv/agent "$@"; }
as_agent ptodesk --version
as_agent ptodesk-gui --self-test

echo "== not exchanged or removed while it runs"
as_agent sh -c 'QT_QPA_PLATFORM=offscreen ptodesk-gui --practice & echo $! >/srv/agent/pid; sleep 0' >/dev/null 2>&1
pid=$(cat "$root/srv/agent/pid")
if inside apt-get -qq remove --yes ptodesk >"$root.remove.log" 2>&1; then
    echo "it was removed while it ran" >&2
    exit 1
fi
grep -q "ptodesk is open on this computer" "$root.remove.log"
if inside apt-get -qq install --yes --reinstall /tmp/ptodesk.deb >"$root.upgrade.log" 2>&1; then
    echo "it was exchanged while it ran" >&2
    exit 1
fi
grep -q "ptodesk is open on this computer" "$root.upgrade.log"
kill "$pid"
while [ -e "/proc/$pid" ] && [ "$(awk '{print $3}' "/proc/$pid/stat" 2>/dev/null)" != Z ]; do sleep 0.1; done

echo "== upgraded, removed; what the agent has stays"
as_agent sh -c 'test -d ~/.local/share/ptodesk'
inside apt-get -qq install --yes --reinstall /tmp/ptodesk.deb >>"$root.install.log" 2>&1
inside apt-get -qq purge --yes ptodesk >>"$root.install.log" 2>&1
inside sh -c 'test ! -e /usr/lib/ptodesk && test ! -e /usr/bin/ptodesk'
as_agent sh -c 'test -d ~/.local/share/ptodesk'
echo "The package installs, starts, and goes again."
