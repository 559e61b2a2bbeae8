// The main of a program that is linked with a catalogue and with us, and has none.
#include <revenant/command.hpp>

int main(int argc, char** argv) { return revenant::run_command(argc, argv); }
