/** What can be dropped on the page at once: more belongs into a file that is opened, which is read in pieces. */
export const mostDroppedBytes = 64 * 1024 * 1024;
