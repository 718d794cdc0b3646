#!/bin/bash
# build-winpy.sh DEST: a Windows CPython 3.11 made of what the package indexes serve:
#   python311.dll + stdlib .pyd + OpenSSL/SQLite/libffi DLLs: deploy_libs/ of the panda3d cp311 win_amd64 wheel
#   stdlib .py: this machine's own CPython 3.11 Lib;  python.exe/pythonw.exe/python3.dll: compiled here with mingw-w64
set -e
W=${WHEELS:?folder with the panda3d cp311 win_amd64 wheel}; D=$1; T=$(mktemp -d); trap 'rm -rf $T' EXIT
mkdir -p "$D/DLLs" "$D/Lib"
unzip -q -o "$W"/panda3d-*.whl 'deploy_libs/*' -d "$T"
cd "$T/deploy_libs"; rm -f tcl86t.dll tk86t.dll _tkinter.pyd api-ms-win-*
cp python311.dll VCRUNTIME140.dll "$D/"; rm python311.dll VCRUNTIME140.dll; cp * "$D/DLLs/"
SRC=$(python3 -c 'import sysconfig; print(sysconfig.get_paths()["stdlib"])')
(cd "$SRC"; tar c --exclude=site-packages --exclude=lib-dynload --exclude=test --exclude=tests --exclude=__pycache__ --exclude='config-3*' --exclude=idlelib --exclude=tkinter --exclude=turtledemo --exclude=lib2to3 .) | tar x -C "$D/Lib"
mkdir -p "$D/Lib/site-packages"
cat > "$T/py.c" <<'C'
#include <windows.h>
typedef int (*pm)(int, wchar_t **);
static int go(int c, wchar_t **v){ HMODULE h=LoadLibraryW(L"python311.dll"); if(!h) return 103; pm f=(pm)(void*)GetProcAddress(h,"Py_Main"); return f?f(c,v):104; }
#ifdef GUI
int WINAPI wWinMain(HINSTANCE a, HINSTANCE b, LPWSTR c, int d){ extern int __argc; extern wchar_t **__wargv; return go(__argc,__wargv); }
#else
int wmain(int c, wchar_t **v){ return go(c,v); }
#endif
C
G=x86_64-w64-mingw32-gcc
$G -O2 -s -municode -o "$D/python.exe" "$T/py.c"; $G -O2 -s -municode -mwindows -DGUI -o "$D/pythonw.exe" "$T/py.c"
# python3.dll: the stable-ABI forwarder
{ echo "LIBRARY python3.dll"; echo EXPORTS; x86_64-w64-mingw32-objdump -p "$D/python311.dll" | sed -n '/\[Ordinal\/Name Pointer\]/,/^$/p' | awk '/\[ *[0-9]+\]/{print $NF}' | grep -E '^_?Py' | sort -u | awk '{print "  " $1 " = python311." $1}'; } > "$T/python3.def"
echo 'int __stdcall DllMainCRTStartup(void*h,unsigned r,void*p){return 1;}' > "$T/d.c"
$G -shared -nostdlib -o "$D/python3.dll" "$T/d.c" "$T/python3.def"
ls -la "$D"; wc -l "$T/python3.def"
