# What `cpack -G DEB` makes: the program, its unit, its settings and its manual page. tests/packaging/deb tries it.
set(packaging ${CMAKE_SOURCE_DIR}/packaging)
install(TARGETS dialpine DESTINATION bin)
install(FILES ${packaging}/dialpine.service DESTINATION lib/systemd/system)
install(FILES ${packaging}/dialpine.toml DESTINATION /etc/dialpine)
find_program(GZIP gzip REQUIRED)
add_custom_command(
    OUTPUT ${CMAKE_BINARY_DIR}/dialpine.1.gz
    COMMAND ${GZIP} -9nc ${packaging}/dialpine.1 > ${CMAKE_BINARY_DIR}/dialpine.1.gz
    DEPENDS ${packaging}/dialpine.1
    VERBATIM
)
add_custom_target(manual ALL DEPENDS ${CMAKE_BINARY_DIR}/dialpine.1.gz)
add_dependencies(dialpine manual)
install(FILES ${CMAKE_BINARY_DIR}/dialpine.1.gz DESTINATION share/man/man1)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "The DialPine project")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "work hub that keeps its privacy policy
 Accounts, workspaces, projects, tasks, comments, files and search in one
 program with an embedded database. What it holds of people, why and how
 long is declared in the program and can be read, exported and erased.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "systemd")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    ${packaging}/debian/postinst ${packaging}/debian/prerm ${packaging}/debian/postrm ${packaging}/debian/conffiles)
include(CPack)
