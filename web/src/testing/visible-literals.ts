import ts from "typescript";

/** Attributes whose words people see or hear. */
const SAID =
  /^(aria-label|aria-description|aria-roledescription|aria-valuetext|alt|title|label|placeholder|description|error|nothingFoundMessage|message|text|words|hint)$/;
/** Attributes of form, never of words. */
const FORM =
  /^(className|classNames|style|d|viewBox|points|transform|autoComplete|pattern|rows|gridTemplateColumns)$/;
/** Calls whose strings are keys, addresses in the page or compared with. */
const KEYED =
  /^(t|querySelector|querySelectorAll|closest|matches|startsWith|getPropertyValue|setProperty|getContext|RegExp)$/;

const LETTERS = /\p{L}{2}/u; // “n =”, “·” and “%” are signs.
/** Two words in a row, or one that begins like a sentence. */
const SENTENCE = /\p{L}{2,}[,.:;]? \p{L}|^\p{Lu}\p{Ll}+[\p{Ll} ,.:;!?…]*$/u;
/** A word that goes on in a value: “born ${date}”, “${n} words”. */
const PIECE = /\p{L}{2,}[,:]? $|^ \p{L}{2,}/u;

const nameOf = (node: ts.Node): string =>
  ts.isIdentifier(node) || ts.isPrivateIdentifier(node) ? node.text : "";

function calleeOf(call: ts.CallExpression | ts.NewExpression): string {
  const callee = call.expression;
  return ts.isPropertyAccessExpression(callee) ? callee.name.text : nameOf(callee);
}

/** Whether a string can reach people's eyes from where it stands; `said` where every word of it does. */
function placeOf(node: ts.Node): "said" | "perhaps" | "hidden" {
  let direct = true;
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isJsxAttribute(at)) {
      const name = at.name.getText();
      if (FORM.test(name) || name.startsWith("data-")) return "hidden";
      return direct && SAID.test(name) ? "said" : "perhaps";
    }
    if (ts.isJsxExpression(at) && !ts.isJsxAttribute(at.parent)) return direct ? "said" : "perhaps";
    if (ts.isImportDeclaration(at) || ts.isExportDeclaration(at) || ts.isTypeNode(at)) return "hidden";
    if (
      ts.isCallExpression(at) &&
      (KEYED.test(calleeOf(at)) || at.expression.kind === ts.SyntaxKind.ImportKeyword)
    )
      return "hidden";
    if (ts.isNewExpression(at) && /Error$|^File$/.test(calleeOf(at))) return "hidden"; // A fault of the program, a file.
    if (ts.isPropertyAssignment(at) && FORM.test(at.name.getText())) return "hidden";
    const chooses =
      ts.isConditionalExpression(at) || ts.isBinaryExpression(at) || ts.isParenthesizedExpression(at);
    direct &&= chooses || ts.isJsxExpression(at) || ts.isTemplateExpression(at) || ts.isTemplateSpan(at);
    if (ts.isStatement(at) && !ts.isReturnStatement(at)) direct = false;
  }
  return "perhaps";
}

/** Compared with, or the name of a member. */
const isCompared = (node: ts.Node): boolean => {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return parent.name === node;
  const equals = [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken];
  if (ts.isBinaryExpression(parent)) return equals.includes(parent.operatorToken.kind);
  return ts.isCaseClause(parent) || ts.isElementAccessExpression(parent);
};

const isCode = (node: ts.Node): boolean =>
  ts.isJsxElement(node.parent) && /^(code|kbd)$/.test(node.parent.openingElement.tagName.getText());

function wordsOf(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return LETTERS.test(node.text) && !isCode(node) ? node.text.trim() : null;
  const isPiece = ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
  if (!isPiece && !ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node)) return null;
  if (!LETTERS.test(node.text) || isCompared(node)) return null;
  const place = placeOf(node);
  if (place === "said") return node.text;
  const reads = SENTENCE.test(node.text) || (isPiece && PIECE.test(node.text));
  return place === "perhaps" && reads ? node.text : null;
}

/** Words of a source file that stand in it instead of in the catalogue, as “file:line: words”. */
export function visibleLiterals(path: string, code: string): string[] {
  const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    const words = wordsOf(node);
    if (words)
      found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${words}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
