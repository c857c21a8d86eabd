/** Where a deserialised error keeps why something of the original is missing, so that it survives a second trip. */
export const cutMark: unique symbol = Symbol('breakwater.cut')
