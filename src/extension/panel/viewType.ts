/** What VS Code knows the panel of "Analyze Sockets" by; an activation event names it, too. */
export const PANEL_VIEW_TYPE = 'netstatLens.analyze';
