; The Windows installer, made of the built program:
;   makensis -DVERSION=0.1.0 -DSOURCE=C:\...\dist\ptodesk -DOUTPUT=C:\...\dist\ptodesk-0.1.0-setup.exe packaging\windows\installer.nsi
; Options, upper and lower case alike:
;   /S             silent
;   /ALLUSERS      for everybody on this computer, into Program Files (what an administrator gets anyway)
;   /CURRENTUSER   for this user alone, without an administrator's rights
;   /D=C:\folder   where to; the last option, without quotes. Default: where it is already, else the usual place
; The uninstaller: /S silent, /REMOVEDATA with the data of the user who runs it, which else stay.
; Exit codes: 0 done, 1 cancelled, 3 the program is open, 4 the files could not be written, 5 an administrator's rights are missing.

Unicode true
Target amd64-unicode
ManifestDPIAware true
!ifdef QUICK ; for a trial: larger, and made in a tenth of the time
    SetCompressor zlib
!else
    SetCompressor /SOLID lzma
!endif

!include LogicLib.nsh
!include FileFunc.nsh
!include MUI2.nsh

!define NAME "ptodesk"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define PATH_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\ptodesk-gui.exe"
!define LINK_KEY "Software\Classes\ptodesk"
!define MARK "installed.ini" ; says for whom it was installed, and that this folder is ours
!define OPEN "ptodesk is open on this computer; nothing was changed. Close it, and start this again."
!define NOT_WRITTEN "The files could not be written. Start this again; nothing of yours is lost."

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir ""
RequestExecutionLevel highest
BrandingText " "
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "FileDescription" "Installs ptodesk"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" ""

!define MUI_ICON "../icons/ptodesk.ico"
!define MUI_UNICON "../icons/ptodesk.ico"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\ptodesk-gui.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Var Everybody ; "yes": for all users of the computer
Var RemoveData ; "yes": the data of the user who uninstalls as well

!macro GIVE_UP CODE WORDS
    SetErrorLevel ${CODE}
    MessageBox MB_OK|MB_ICONEXCLAMATION "${WORDS}" /SD IDOK
    SetErrorLevel ${CODE}
    Quit
!macroend

; Windows keeps whoever wants to write away from a program that runs.
!macro REFUSE_WHILE_OPEN PROGRAM
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        ClearErrors
        FileOpen $0 "$INSTDIR\${PROGRAM}" a
        ${If} ${Errors}
            !insertmacro GIVE_UP 3 "${OPEN}"
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend

!macro FOR_WHOM
    SetRegView 64
    ${If} $Everybody == "yes"
        SetShellVarContext all
    ${Else}
        SetShellVarContext current
    ${EndIf}
!macroend

Function .onInit
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 == "Admin"
        StrCpy $Everybody "yes"
    ${Else}
        StrCpy $Everybody "no"
    ${EndIf}
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/CURRENTUSER" $2
    ${IfNot} ${Errors}
        StrCpy $Everybody "no"
    ${EndIf}
    ClearErrors
    ${GetOptions} $1 "/ALLUSERS" $2
    ${IfNot} ${Errors}
        ${If} $0 != "Admin"
            !insertmacro GIVE_UP 5 "Installing for all users takes an administrator's rights; nothing was changed."
        ${EndIf}
        StrCpy $Everybody "yes"
    ${EndIf}
    !insertmacro FOR_WHOM
    ${If} $INSTDIR == ""
        ReadRegStr $INSTDIR SHCTX "${UNINSTALL_KEY}" "InstallLocation"
    ${EndIf}
    ${If} $INSTDIR == ""
        ${If} $Everybody == "yes"
            StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
        ${Else}
            StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}" ; not $LOCALAPPDATA\ptodesk: the agent's data are there
        ${EndIf}
    ${EndIf}
FunctionEnd

Section
    !insertmacro FOR_WHOM
    !insertmacro REFUSE_WHILE_OPEN "ptodesk-gui.exe"
    !insertmacro REFUSE_WHILE_OPEN "ptodesk.exe"
    ${If} ${FileExists} "$INSTDIR\${MARK}" ; an earlier version: what it had and this one has not would stay
        RMDir /r "$INSTDIR\_internal"
    ${EndIf}
    SetOutPath "$INSTDIR"
    SetOverwrite on
    ClearErrors
    File /r "${SOURCE}/*"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    WriteINIStr "$INSTDIR\${MARK}" "${NAME}" "everybody" "$Everybody"
    WriteINIStr "$INSTDIR\${MARK}" "${NAME}" "version" "${VERSION}"
    ${If} ${Errors}
        !insertmacro GIVE_UP 4 "${NOT_WRITTEN}"
    ${EndIf}

    CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\ptodesk-gui.exe"
    WriteRegStr SHCTX "${PATH_KEY}" "" "$INSTDIR\ptodesk-gui.exe"
    WriteRegStr SHCTX "${LINK_KEY}" "" "URL:ptodesk call"
    WriteRegStr SHCTX "${LINK_KEY}" "URL Protocol" ""
    WriteRegStr SHCTX "${LINK_KEY}\DefaultIcon" "" "$INSTDIR\ptodesk-gui.exe,0"
    WriteRegStr SHCTX "${LINK_KEY}\shell\open\command" "" '"$INSTDIR\ptodesk-gui.exe" "%1"'

    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\ptodesk-gui.exe,0"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${NAME}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" "$0"
    System::Call 'shell32::SHChangeNotify(i 0x8000000, i 0, p 0, p 0)' ; the link is known at once
SectionEnd

Function un.onInit
    ReadINIStr $Everybody "$INSTDIR\${MARK}" "${NAME}" "everybody"
    StrCpy $RemoveData "no"
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/REMOVEDATA" $2
    ${IfNot} ${Errors}
        StrCpy $RemoveData "yes"
    ${EndIf}
    ${If} $Everybody == ""
        !insertmacro GIVE_UP 4 "This is not the folder that ptodesk was installed into; nothing was removed."
    ${EndIf}
FunctionEnd

Section un.Program
    !insertmacro FOR_WHOM
    !insertmacro REFUSE_WHILE_OPEN "ptodesk-gui.exe"
    !insertmacro REFUSE_WHILE_OPEN "ptodesk.exe"
    ${If} $RemoveData == "no"
        MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 \
            "Remove your drafts, the calls that are not filed yet, and your settings as well? They exist nowhere else." \
            /SD IDNO IDNO keep
        StrCpy $RemoveData "yes"
        keep:
    ${EndIf}
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\ptodesk-gui.exe"
    Delete "$INSTDIR\ptodesk.exe"
    Delete "$INSTDIR\${MARK}"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR" ; when it is empty: what somebody else put there stays
    Delete "$SMPROGRAMS\${NAME}.lnk"
    DeleteRegKey SHCTX "${PATH_KEY}"
    ReadRegStr $0 SHCTX "${LINK_KEY}\shell\open\command" ""
    ${If} $0 == '"$INSTDIR\ptodesk-gui.exe" "%1"' ; another installation may have the link
        DeleteRegKey SHCTX "${LINK_KEY}"
    ${EndIf}
    DeleteRegKey SHCTX "${UNINSTALL_KEY}"
    ${If} $RemoveData == "yes"
        SetShellVarContext current
        RMDir /r "$LOCALAPPDATA\${NAME}"
    ${EndIf}
    System::Call 'shell32::SHChangeNotify(i 0x8000000, i 0, p 0, p 0)'
SectionEnd
