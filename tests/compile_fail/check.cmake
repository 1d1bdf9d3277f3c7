# Compiles SOURCE twice: without BAD it must compile; with BAD it must fail with the sentence that follows "expect:" in it.
# cmake "-DCOMPILE=clang++-19;-std=c++20;-fsyntax-only;-Isrc" -DSOURCE=file.cpp -P check.cmake
file(STRINGS ${SOURCE} expectations REGEX "expect: ")
list(LENGTH expectations count)
if(NOT count EQUAL 1)
    message(FATAL_ERROR "${SOURCE} must hold one line: #ifdef BAD // expect: the sentence")
endif()
string(REGEX REPLACE ".*expect: *" "" sentence "${expectations}")

execute_process(COMMAND ${COMPILE} ${SOURCE} RESULT_VARIABLE good_result ERROR_VARIABLE good_output)
if(NOT good_result EQUAL 0)
    message(FATAL_ERROR "The good twin does not compile:\n${good_output}")
endif()

execute_process(COMMAND ${COMPILE} -DBAD ${SOURCE} RESULT_VARIABLE bad_result ERROR_VARIABLE bad_output)
if(bad_result EQUAL 0)
    message(FATAL_ERROR "It compiles, although it must not: ${sentence}")
endif()
string(FIND "${bad_output}" "${sentence}" place)
if(place EQUAL -1)
    message(FATAL_ERROR "It fails, but not with \"${sentence}\":\n${bad_output}")
endif()
