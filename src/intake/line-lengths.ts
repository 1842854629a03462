/** A line past this many bytes is searched but not kept; what is shown of it is the surroundings of a hit. */
export const longestLine = 1 << 20;
/** Lines up to this many bytes are delivered whole. */
export const wholeUpTo = 1 << 13;
