# Makes a library of the built page and the policy: each file's bytes by `.incbin`, and a table of them.
function(embed_files target)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS
        RELATIVE ${CMAKE_SOURCE_DIR}
        ${CMAKE_SOURCE_DIR}/web/dist/* ${CMAKE_SOURCE_DIR}/policy/*.md ${CMAKE_SOURCE_DIR}/policy/*.toml ${CMAKE_SOURCE_DIR}/policy/*.json ${CMAKE_SOURCE_DIR}/demo/*)
    set(assembly "    .section .rodata\n")
    set(declarations "")
    set(rows "")
    set(index 0)
    set(inputs "")
    foreach(file IN LISTS files)
        string(REPLACE "web/dist/" "web/" path ${file})
        string(APPEND assembly
            "    .global asset_${index}\nasset_${index}:\n    .incbin \"${CMAKE_SOURCE_DIR}/${file}\"\n"
            "    .global asset_${index}_end\nasset_${index}_end:\n    .byte 0\n")
        string(APPEND declarations "extern \"C\" const char asset_${index}[], asset_${index}_end[];\n")
        string(APPEND rows "        {\"${path}\", {asset_${index}, std::size_t(asset_${index}_end - asset_${index})}},\n")
        list(APPEND inputs ${CMAKE_SOURCE_DIR}/${file})
        math(EXPR index "${index} + 1")
    endforeach()
    string(APPEND assembly "    .section .note.GNU-stack,\"\",@progbits\n")
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/assets.S CONTENT "${assembly}" @ONLY)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/assets_table.cpp CONTENT
"#include \"base/assets.hpp\"

#include <array>

${declarations}
namespace dialpine {
std::span<const Asset> assets()
{
    static const std::array<Asset, ${index}> all{{
${rows}    }};
    return all;
}
} // namespace dialpine
" @ONLY)
    add_library(${target} STATIC ${CMAKE_BINARY_DIR}/assets.S ${CMAKE_BINARY_DIR}/assets_table.cpp)
    set_source_files_properties(${CMAKE_BINARY_DIR}/assets.S PROPERTIES OBJECT_DEPENDS "${inputs}")
    target_include_directories(${target} PRIVATE src)
    target_link_libraries(dialpine_core PUBLIC ${target})
endfunction()
