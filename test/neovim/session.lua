-- What a person does in Neovim with the server: diagnostics, hover, fix, symbols. Prints one JSON object.
-- Environment: SERVER (path of cli.cjs), NODE (path of node), FILE (a transcript with a space behind the colon of MAIL),
-- REPLY and COLUMN (line and column of a reply, from 0).
local seen = {}

local function finish(code)
  io.stdout:write(vim.fn.json_encode(seen) .. '\n')
  vim.cmd(code == 0 and 'qa!' or 'cquit')
end

local function attempt()
  vim.cmd('edit ' .. vim.fn.fnameescape(vim.env.FILE))
  local id = vim.lsp.start_client({
    name = 'smtp-transcripts',
    cmd = { vim.env.NODE, vim.env.SERVER, 'lsp', '--stdio' },
    root_dir = vim.fn.fnamemodify(vim.env.FILE, ':h'),
    get_language_id = function() return 'smtp-transcript' end,
  })
  vim.lsp.buf_attach_client(0, id)

  vim.wait(15000, function() return #vim.diagnostic.get(0) > 0 end, 20)
  seen.diagnostics = vim.tbl_map(function(found)
    return { code = found.code, line = found.lnum, message = found.message }
  end, vim.diagnostic.get(0))

  local function ask(method, parameters)
    local answers = vim.lsp.buf_request_sync(0, method, parameters, 10000)
    return answers and answers[id] and answers[id].result
  end

  local first = seen.diagnostics[1]
  vim.api.nvim_win_set_cursor(0, { vim.env.REPLY + 1, tonumber(vim.env.COLUMN) })
  local hover = ask('textDocument/hover', vim.lsp.util.make_position_params())
  seen.hover = hover and hover.contents.value

  local symbols = ask('textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() })
  seen.symbols = {}
  local function collect(list)
    for _, symbol in ipairs(list or {}) do
      table.insert(seen.symbols, symbol.name)
      collect(symbol.children)
    end
  end
  collect(symbols)

  vim.api.nvim_win_set_cursor(0, { first.line + 1, 0 })
  local range = vim.lsp.util.make_range_params()
  range.range['end'] = { line = first.line, character = 80 }
  range.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0) }
  for _, action in ipairs(ask('textDocument/codeAction', range) or {}) do
    if action.kind == 'quickfix' and not seen.fix and (action.edit or action.data) then
      seen.fix = action.title
      local edit = action.edit or ask('codeAction/resolve', action).edit
      vim.lsp.util.apply_workspace_edit(edit, vim.lsp.get_client_by_id(id).offset_encoding)
    end
  end
  seen.line = vim.api.nvim_buf_get_lines(0, first.line, first.line + 1, false)[1]
  seen.gone = vim.wait(10000, function()
    for _, left in ipairs(vim.diagnostic.get(0)) do
      if left.code == first.code then return false end
    end
    return true
  end, 20)

  vim.lsp.stop_client(id)
  vim.wait(3000, function() return vim.lsp.client_is_stopped(id) end, 20)
end

local ok, reason = pcall(attempt)
if not ok then seen.error = tostring(reason) end
finish(ok and 0 or 1)
