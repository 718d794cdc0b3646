/* Test-only stand-in for Windows' own bcryptprimitives.dll, which Wine 8 lacks: random bytes for programs written in Rust. */
#include <windows.h>
BOOLEAN WINAPI SystemFunction036(void *, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *b, SIZE_T n){ return SystemFunction036(b, (ULONG)n); }
