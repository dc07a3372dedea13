declare module '*.css?inline' {
  const style: string;
  // biome-ignore lint/style/noDefaultExport: what Vite gives for a style sheet.
  export default style;
}
