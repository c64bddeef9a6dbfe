/*
 * An extension that stands in for a language model: its command calls the tools for the dump in the
 * active editor, and writes down what they answered.
 */
const vscode = require('vscode');

exports.activate = context => {
  const done = vscode.window.createStatusBarItem('called');
  let calls = 0;
  const call = async () => {
    const { document } = vscode.window.activeTextEditor;
    const path = document.uri.toString();
    const answers = [];
    for (const name of ['netstat_summarize_dump', 'netstat_list_findings']) {
      const input = { path };
      const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
      answers.push(...result.content.map(part => part.value));
    }
    const name = 'netstatLens.tools.redactAddresses';
    const report = {
      isTrusted: vscode.workspace.isTrusted,
      setByWorkspace: vscode.workspace.getConfiguration().inspect(name)?.workspaceValue,
      answers,
    };
    const file = vscode.Uri.joinPath(document.uri, '../answers.json');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(report)));
    done.text = `Calls: ${++calls}`;
    done.show();
  };
  context.subscriptions.push(done, vscode.commands.registerCommand('toolCaller.call', call));
};
