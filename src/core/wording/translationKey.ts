/** The short key under which the package has the translations of a text (FNV-1a). */
export function translationKey(english: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < english.length; i++) {
    hash = Math.imul(hash ^ english.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
