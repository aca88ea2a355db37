# dateline_module(NAME DEPS other-folders... LIBRARIES third-party-targets...)
#
# Declares the folder src/NAME as the target dateline_NAME. Sources are found by name:
#   *.cc          the library
#   *_test.cc     one test program NAME_test (GoogleTest), run by ctest in the folder itself
#   *_fuzz.cc     one libFuzzer program each, named after the file, when DATELINE_FUZZERS is on
#   *_bench.cc    one Google Benchmark program NAME_bench, when DATELINE_BENCHMARKS is on
# A folder's headers are reached as "NAME/header.h" through a directory that holds nothing else,
# so only the folders named in DEPS can be included.

add_library(dateline_options INTERFACE)
target_include_directories(dateline_options INTERFACE ${CMAKE_SOURCE_DIR}/include)
target_compile_options(dateline_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  # libstdc++ 12 uses what it deprecates itself (std::get_temporary_buffer in stable_sort).
  target_compile_options(dateline_options INTERFACE -Wno-deprecated-declarations)
endif()
if(DATELINE_SANITIZE)
  # Bad pointers are found by the address sanitizer; to check each one again doubles the build's time.
  target_compile_options(dateline_options INTERFACE -fsanitize=${DATELINE_SANITIZE} -fno-omit-frame-pointer
                                                    -fno-sanitize-recover=all -fno-sanitize=null,vptr,object-size)
  target_link_options(dateline_options INTERFACE -fsanitize=${DATELINE_SANITIZE})
endif()
if(DATELINE_FUZZERS)
  target_compile_options(dateline_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(dateline_module NAME)
  cmake_parse_arguments(M "" "" "DEPS;LIBRARIES" ${ARGN})
  set(folder ${CMAKE_CURRENT_SOURCE_DIR})
  file(GLOB all CONFIGURE_DEPENDS ${folder}/*.cc)
  set(sources ${all})
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz|bench)\\.cc$")
  set(visible ${CMAKE_BINARY_DIR}/visible/${NAME})
  file(MAKE_DIRECTORY ${visible})
  file(CREATE_LINK ${folder} ${visible}/${NAME} SYMBOLIC)

  set(scope PUBLIC)
  if(sources)
    add_library(dateline_${NAME} STATIC ${sources})
    set_target_properties(dateline_${NAME} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  else()
    add_library(dateline_${NAME} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(dateline_${NAME} ${scope} ${visible})
  target_link_libraries(dateline_${NAME} ${scope} dateline_options ${M_LIBRARIES})
  foreach(dep ${M_DEPS})
    target_link_libraries(dateline_${NAME} ${scope} dateline_${dep})
  endforeach()

  set(tests ${all})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  if(DATELINE_TESTS AND tests)
    add_executable(${NAME}_test ${tests})
    target_link_libraries(${NAME}_test PRIVATE dateline_${NAME} GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${NAME}_test PRIVATE DATELINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                                    DATELINE_BUILD_DIR="${CMAKE_BINARY_DIR}")
    add_test(NAME ${NAME}_test COMMAND ${NAME}_test WORKING_DIRECTORY ${folder})
    set_tests_properties(${NAME}_test PROPERTIES TIMEOUT 300 LABELS unit)
    add_dependencies(${NAME}_test dateline_tables_file)
  endif()

  set(fuzzers ${all})
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cc$")
  if(DATELINE_FUZZERS)
    foreach(source ${fuzzers})
      get_filename_component(program ${source} NAME_WE)
      add_executable(${program} ${source})
      target_link_libraries(${program} PRIVATE dateline_${NAME})
      target_link_options(${program} PRIVATE -fsanitize=fuzzer)
      target_compile_definitions(${program} PRIVATE DATELINE_BUILD_DIR="${CMAKE_BINARY_DIR}")
      add_dependencies(${program} dateline_tables_file)
    endforeach()
  endif()

  set(benches ${all})
  list(FILTER benches INCLUDE REGEX "_bench\\.cc$")
  if(DATELINE_BENCHMARKS AND benches)
    add_executable(${NAME}_bench ${benches})
    target_link_libraries(${NAME}_bench PRIVATE dateline_${NAME} benchmark::benchmark benchmark::benchmark_main)
    target_compile_definitions(${NAME}_bench PRIVATE DATELINE_BUILD_DIR="${CMAKE_BINARY_DIR}"
                                                     DATELINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_dependencies(${NAME}_bench dateline_tables_file)
  endif()
endfunction()
