// What one file may hold, whatever it is for. Whoever writes it is trusted to mean well, so these stop a mistake (a generated
// file that went wrong, the wrong file) and a bomb in a file that somebody else handed over.

/** Signs, words and runs of spaces. The reader keeps about 1 KB for each, so a list of commas would end the process. */
export const MAX_YAML_LEXEMES = 1_000_000;

/** Values of the file with its aliases written out. A few lines of aliases of aliases expand to billions of values. */
export const MAX_YAML_VALUES = 500_000;

/** Mappings and lists inside each other. The readers of YAML and of the schema recurse: deeper nesting ends in a stack overflow. */
export const MAX_YAML_DEPTH = 100;

/** A file where one mistake was made everywhere shall not answer with a message of many megabytes. */
export const MAX_PROBLEMS = 1_000;

/** UTF-16 units of what the YAML library says of a mistake that we have no words for. */
export const MAX_LIBRARY_WORDS = 200;
