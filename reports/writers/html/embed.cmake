# Writes OUT, a source file with the bytes of STYLE and of each of SCRIPTS (separated by commas): arrays of
# numbers, because a compiler need not take a string literal of more than 64K.
string(REPLACE "," ";" SCRIPTS "${SCRIPTS}")

function(bytes_of file result)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..)" "\\1\n"
    bytes "${bytes}")
  set(${result} "${bytes}" PARENT_SCOPE)
endfunction()

string(CONCAT text "#include \"reports/writers/html/assets.hpp\"\n\n"
  "namespace revenant::reports::html {\nnamespace {\n\n"
  "template <std::size_t size>\n"
  "std::string_view text_of(const unsigned char (&bytes)[size]) {\n"
  "    return {reinterpret_cast<const char*>(bytes), size};\n}\n\n")
bytes_of("${STYLE}" bytes)
string(APPEND text "constexpr unsigned char style[] = {\n${bytes}};\n")
set(list "")
set(count 0)
foreach(script IN LISTS SCRIPTS)
  bytes_of("${script}" bytes)
  string(APPEND text "constexpr unsigned char script_${count}[] = {\n${bytes}};\n")
  string(APPEND list "text_of(script_${count}), ")
  math(EXPR count "${count} + 1")
endforeach()
string(APPEND text "\n}  // namespace\n\nstd::string_view stylesheet() { return text_of(style); }\n"
  "const std::vector<std::string_view>& scripts() {\n"
  "    static const std::vector<std::string_view> all{${list}};\n    return all;\n}\n\n"
  "}  // namespace revenant::reports::html\n")
file(WRITE "${OUT}" "${text}")
