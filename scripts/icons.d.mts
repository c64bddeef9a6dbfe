export const ICON_PACKAGE: string;

export const ICON_FILES: readonly string[];

export function writeIcons(): Promise<void>;
