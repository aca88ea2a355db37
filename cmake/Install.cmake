# What `cmake --install` lays down: the program, libdateline, its headers, the CMake package and
# pkg-config file by which other builds find it, tables and models. The tree may be moved afterwards.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS dateline_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES docs/man/dateline.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES completions/dateline.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
        RENAME dateline COMPONENT program)
install(FILES completions/_dateline DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
install(FILES completions/dateline.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
        COMPONENT program)

# The engine looks for these beside or above itself.
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/dateline/ DESTINATION ${CMAKE_INSTALL_DATADIR}/dateline COMPONENT data)
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT data)

if(TARGET dateline)
  install(TARGETS dateline EXPORT datelineTargets
          LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development)
  install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)

  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/dateline)
  install(EXPORT datelineTargets NAMESPACE dateline:: DESTINATION ${package} COMPONENT development)
  configure_package_config_file(cmake/dateline-config.cmake.in ${CMAKE_BINARY_DIR}/package/dateline-config.cmake
                                INSTALL_DESTINATION ${package})
  # Before 1.0 a new minor version may change the C++ interface.
  write_basic_package_version_file(${CMAKE_BINARY_DIR}/package/dateline-config-version.cmake
                                   COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_BINARY_DIR}/package/dateline-config.cmake
                ${CMAKE_BINARY_DIR}/package/dateline-config-version.cmake
          DESTINATION ${package} COMPONENT development)

  cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig
             OUTPUT_VARIABLE DATELINE_PREFIX_FROM_PC)
  configure_file(cmake/dateline.pc.in ${CMAKE_BINARY_DIR}/package/dateline.pc @ONLY)
  install(FILES ${CMAKE_BINARY_DIR}/package/dateline.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
          COMPONENT development)
endif()
include(Packages)
