# Some compilers build coroutines wrongly and silently. The small programs of tests/base/compiler_test.cpp show it, so they
# are compiled and run before anything else is built.
if(NOT DEFINED DIALPINE_COMPILER_IS_SOUND)
    try_run(run_result compile_result
        ${CMAKE_BINARY_DIR}/compiler_check ${CMAKE_SOURCE_DIR}/tests/base/compiler_test.cpp
        COMPILE_DEFINITIONS -DDIALPINE_COMPILER_CHECK_ALONE -std=c++20 -O2
        COMPILE_OUTPUT_VARIABLE compile_output
        RUN_OUTPUT_VARIABLE run_output)
    if(NOT compile_result)
        message(FATAL_ERROR "This compiler cannot build tests/base/compiler_test.cpp. Use clang 19.\n${compile_output}")
    endif()
    if(NOT run_result EQUAL 0)
        message(FATAL_ERROR "This compiler builds coroutines wrongly; use clang 19.\n${run_output}")
    endif()
    set(DIALPINE_COMPILER_IS_SOUND TRUE CACHE INTERNAL "the coroutine programs ran rightly")
endif()
