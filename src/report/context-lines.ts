/** Lines that a format shows before and after each piece of evidence of a cause: the `context` to analyze with. */
export const contextLines = {markdown: 2, html: 40} as const;
