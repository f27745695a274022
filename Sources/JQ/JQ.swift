import CLibJQ
