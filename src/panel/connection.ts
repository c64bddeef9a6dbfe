import {
  checkHostMessage,
  checkPanelState,
  type HostToPanel,
  type PanelState,
  type PanelToHost,
} from '../shared/panel/messages';

/** What VS Code gives to a webview. */
interface VsCodeApi {
  postMessage(message: PanelToHost): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The line to the extension. Messages are checked before anybody sees them. */
export class Connection {
  private readonly api = acquireVsCodeApi();

  /** Begins to listen. What goes wrong in the page goes into the extension's log. */
  public listen(receive: (message: HostToPanel) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const checked = checkHostMessage(data);
      if ('refused' in checked) {
        this.report(`A message from the extension was refused: ${checked.refused}`);
      } else {
        receive(checked.message);
      }
    });
    window.addEventListener('error', ({ message }) => {
      this.report(message);
    });
    window.addEventListener('unhandledrejection', ({ reason }) => {
      this.report(String(reason));
    });
  }

  public send(message: PanelToHost): void {
    this.api.postMessage(message);
  }

  /** What was kept when the page was hidden or closed last. */
  public kept(): PanelState | undefined {
    return checkPanelState(this.api.getState());
  }

  public keep(state: PanelState): void {
    this.api.setState(state);
  }

  private report(text: string): void {
    this.send({ type: 'problem', text: text.slice(0, 2000) });
  }
}
