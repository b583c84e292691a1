/** What takes records from the bytes of files, in all their forms: read when somebody opens one. */
export { FileCursor } from './fileCursor.ts';
export { packedFaultText, unpackedContent } from './packedFile.ts';
export { readPlaced } from './readRecords.ts';
export { RecordPlaces } from './recordPlaces.ts';
