#!/bin/bash
# Runs tests/qgis with the QGIS of newer Debian releases, each in a folder that debootstrap makes.
# The developer's own Python runs pytest and the engine there: only QGIS and its libraries differ.
#
#     tools/qgis_matrix.sh PYTHON SUITE [argument of pytest…]
#
# The folders are kept in $QGIS_MATRIX (/var/tmp/commonplace-qgis); needs root.
set -euo pipefail

python=$1 suite=$2
shift 2
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
shared=$(realpath "${COMMONPLACE_SHARED:-$source/../shared}")
folder=${QGIS_MATRIX:-/var/tmp/commonplace-qgis}/$suite
packages=(qgis python3-qgis xvfb xauth gdal-bin libxml2-utils qttools5-dev-tools fonts-dejavu-core)

# Mounts are seen by this script alone and end with it.
if [ "${MATRIX_INSIDE:-}" != yes ]; then
    MATRIX_INSIDE=yes exec unshare --mount --propagation private "$0" "$python" "$suite" "$@"
fi

mounted() { # SOURCE [OPTION]: the same path in the folder
    if [ -d "$1" ]; then mkdir -p "$folder$1"; else mkdir -p "$(dirname "$folder$1")" && touch "$folder$1"; fi
    mount --bind "$1" "$folder$1"
    [ "${2:-}" != ro ] || mount -o remount,ro,bind "$folder$1"
}

mirror() { # this machine's own
    apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' | head --lines=1
}

if [ ! -e "$folder/made" ]; then
    script=/usr/share/debootstrap/scripts/$suite
    [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
    [ -x "$folder/usr/bin/apt-get" ] ||
        debootstrap --variant=minbase "$suite" "$folder" "$(mirror)" "$script"
    printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
    chmod +x "$folder/usr/sbin/policy-rc.d"
fi
cp /etc/resolv.conf "$folder/etc/resolv.conf"
mount --rbind /dev "$folder/dev"
mount -t proc proc "$folder/proc"
mount -t sysfs sysfs "$folder/sys"
inside=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
if [ ! -e "$folder/made" ]; then
    # A mirror that stands still for some weeks does for tests.
    chroot "$folder" "${inside[@]}" apt-get -o Acquire::Check-Valid-Until=false update --quiet=2
    chroot "$folder" "${inside[@]}" apt-get install --yes --quiet=2 --no-install-recommends \
        "${packages[@]}" >/dev/null
    touch "$folder/made"
fi

base=$("$python" -c 'import sys; print(sys.base_prefix)')
if [ "$base" = /usr ]; then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    mounted "/usr/bin/$version" ro
    mounted "/usr/lib/$version" ro
else
    mounted "$base" ro
fi
mounted "$("$python" -c 'import sys; print(sys.prefix)')" ro
mounted "$source"
[ ! -d "$shared" ] || mounted "$shared" ro

exec chroot "$folder" "${inside[@]}" COMMONPLACE_SHARED="$shared" /bin/sh -c '
    dpkg-query --show --showformat="QGIS \${Version}\n" qgis
    cd "$1" && shift && exec "$@"' sh \
    "$source" "$python" -m pytest -p no:cacheprovider "$@"
